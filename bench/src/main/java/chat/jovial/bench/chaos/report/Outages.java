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

/** Finds in the evidence of a run how its faults were felt. */
public final class Outages {
  /** A fault is felt for a while after its repair, but not beyond the next fault. */
  private static final long AFTER_NANOS = 5_000_000_000L;

  private static final String NONE = "none";

  private final Evidence evidence;
  private final List<Incident> incidents;
  private final NavigableMap<Long, Incident> byBegin = new TreeMap<>();
  private final Map<String, Felt> felt = new HashMap<>();

  private Outages(Evidence evidence, List<Incident> incidents) {
    this.evidence = evidence;
    this.incidents = incidents;
    incidents.forEach(incident -> byBegin.put(incident.beginNanos(), incident));
  }

  /** In the order of the kinds, the quiet times first. */
  public static List<Outage> of(Evidence evidence, List<Incident> incidents) {
    return new Outages(evidence, incidents).outages();
  }

  private static final class Felt {
    private final List<Long> lasted = new ArrayList<>();
    private final List<Long> stored = new ArrayList<>();
    private final List<Long> received = new ArrayList<>();
    private final List<Long> sendAgain = new ArrayList<>();
    private final List<Long> receiveAgain = new ArrayList<>();

    Outage outage(String kind) {
      return new Outage(
          kind,
          lasted.size(),
          Spread.ofNanos(lasted),
          Spread.ofNanos(stored),
          Spread.ofNanos(received),
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
      if (message != null && isFromOther(device, message)) {
        felt(kindAt(message.sentNanos())).received.add(screen.nanos(i) - message.sentNanos());
      }
    }
  }

  private void measureVictim(
      Incident incident, Conversation conversation, int device, Map<Long, Message> byKey) {
    long begin = incident.beginNanos();
    Felt kind = felt(incident.fault().kind().name());
    conversation.messages().getOrDefault(device, List.of()).stream()
        .filter(message -> message.wasStored() && message.sentNanos() > begin)
        .mapToLong(Message::storedNanos)
        .min()
        .ifPresent(first -> kind.sendAgain.add(first - begin));
    Screen screen = conversation.screens().get(device);
    for (int i = 0; screen != null && i < screen.size(); i++) {
      Message message = byKey.get(screen.key(i));
      if (message != null && message.sentNanos() > begin && isFromOther(device, message)) {
        kind.receiveAgain.add(screen.nanos(i) - begin);
        return;
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
