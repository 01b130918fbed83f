package chat.jovial.bench.chaos.report;

import chat.jovial.bench.chaos.evidence.Cast;
import chat.jovial.bench.chaos.evidence.Conversation;
import chat.jovial.bench.chaos.evidence.Evidence;
import chat.jovial.bench.chaos.evidence.Message;
import chat.jovial.bench.chaos.evidence.MessageKey;
import chat.jovial.bench.chaos.evidence.Screen;
import chat.jovial.bench.chaos.plan.FaultKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Evaluation of how the faults of a run affected users. */
public final class Outages {
  /** A fault is felt for a while after its repair, but not beyond the next fault. */
  private static final long AFTER_NANOS = 5_000_000_000L;

  private static final String NONE = "none";

  private final Evidence evidence;
  private final List<Incident> incidents;
  private final long warmNanos;
  private final NavigableMap<Long, Incident> byBegin = new TreeMap<>();
  private final Map<String, Felt> felt = new HashMap<>();

  private Outages(Evidence evidence, List<Incident> incidents, long warmNanos) {
    this.evidence = evidence;
    this.warmNanos = warmNanos;
    this.incidents = incidents;
    incidents.forEach(incident -> byBegin.put(incident.beginNanos(), incident));
  }

  /**
   * In the order of the kinds, the quiet times first.
   *
   * @param warmNanos what was sent before then is not measured
   */
  public static List<Outage> of(Evidence evidence, List<Incident> incidents, long warmNanos) {
    return new Outages(evidence, incidents, warmNanos).outages();
  }

  private static final class Felt {
    private final List<Long> lasted = new ArrayList<>();
    private final List<Long> stored = new ArrayList<>();
    private final List<Long> received = new ArrayList<>();
    private final List<Long> sendWaits = new ArrayList<>();
    private final List<Long> receiveWaits = new ArrayList<>();
    private final List<Long> sendAgain = new ArrayList<>();
    private final List<Long> receiveAgain = new ArrayList<>();

    Outage outage(String kind) {
      return new Outage(
          kind,
          lasted.size(),
          Spread.ofNanos(lasted),
          Spread.ofNanos(stored),
          Spread.ofNanos(received),
          Spread.ofNanos(sendWaits),
          Spread.ofNanos(receiveWaits),
          Spread.ofNanos(sendAgain),
          Spread.ofNanos(receiveAgain));
    }
  }

  private List<Outage> outages() {
    for (Incident incident : incidents) {
      felt(incident.fault().kind().name()).lasted.add(incident.endNanos() - incident.beginNanos());
    }
    evidence.conversations().forEach(this::measure);
    List<Outage> all = new ArrayList<>();
    all.add(felt(NONE).outage(NONE));
    for (FaultKind kind : FaultKind.values()) {
      if (felt.containsKey(kind.name())) {
        all.add(felt(kind.name()).outage(kind.name()));
      }
    }
    return all;
  }

  private void measure(Conversation conversation) {
    Map<Long, Message> byKey = new HashMap<>();
    conversation
        .messages()
        .values()
        .forEach(
            sent ->
                sent.stream()
                    .filter(Message::wasStored)
                    .forEach(
                        message -> {
                          byKey.put(message.key(), message);
                          if (message.sentNanos() - warmNanos < 0) {
                            return;
                          }
                          felt(kindAt(message.sentNanos()))
                              .stored
                              .add(message.storedNanos() - message.sentNanos());
                        }));
    conversation
        .screens()
        .forEach(
            (device, screen) -> {
              measureScreen(device, screen, byKey);
              incidents.stream()
                  .filter(incident -> incident.victims().contains(device))
                  .forEach(incident -> measureVictim(incident, conversation, device, byKey));
            });
  }

  private void measureScreen(int device, Screen screen, Map<Long, Message> byKey) {
    for (int i = 0; i < screen.size(); i++) {
      Message message = byKey.get(screen.key(i));
      if (message != null && message.sentNanos() - warmNanos >= 0 && isFromOther(device, message)) {
        felt(kindAt(message.sentNanos())).received.add(screen.nanos(i) - message.sentNanos());
      }
    }
  }

  /**
   * What a victim had under way when the fault came waits from then on; of what was sent later only
   * the first counts, for after that it works again.
   */
  private void measureVictim(
      Incident incident, Conversation conversation, int device, Map<Long, Message> byKey) {
    long begin = incident.beginNanos();
    Felt kind = felt(incident.fault().kind().name());
    Wait sending = new Wait(begin);
    conversation.messages().getOrDefault(device, List.of()).stream()
        .filter(Message::wasStored)
        .forEach(message -> sending.add(message.sentNanos(), message.storedNanos()));
    sending.note(kind.sendWaits, kind.sendAgain);
    Wait receiving = new Wait(begin);
    Screen screen = conversation.screens().get(device);
    for (int i = 0; screen != null && i < screen.size(); i++) {
      Message message = byKey.get(screen.key(i));
      if (message != null && isFromOther(device, message)) {
        receiving.add(message.sentNanos(), screen.nanos(i));
      }
    }
    receiving.note(kind.receiveWaits, kind.receiveAgain);
  }

  /** How long somebody waited because of a fault, in one conversation on one device. */
  private static final class Wait {
    private final long begin;
    private long underWayUntil;
    private long firstSent;
    private long firstDone = Long.MAX_VALUE;

    Wait(long begin) {
      this.begin = begin;
      this.underWayUntil = begin;
    }

    void add(long sent, long done) {
      if (sent > begin && done < firstDone) {
        firstSent = sent;
        firstDone = done;
      } else if (sent <= begin) {
        underWayUntil = Math.max(underWayUntil, done);
      }
    }

    void note(List<Long> waits, List<Long> again) {
      if (firstDone < Long.MAX_VALUE) {
        waits.add(Math.max(underWayUntil - begin, firstDone - firstSent));
        again.add(firstDone - begin);
      }
    }
  }

  private boolean isFromOther(int device, Message message) {
    Cast cast = evidence.cast();
    return cast.userOf(MessageKey.device(message.key())) != cast.userOf(device);
  }

  /** Faults come one after the other: only the last that began before can be meant. */
  private String kindAt(long nanos) {
    Map.Entry<Long, Incident> last = byBegin.floorEntry(nanos);
    return last != null && nanos <= last.getValue().endNanos() + AFTER_NANOS
        ? last.getValue().fault().kind().name()
        : NONE;
  }

  private Felt felt(String kind) {
    return felt.computeIfAbsent(kind, unused -> new Felt());
  }
}
