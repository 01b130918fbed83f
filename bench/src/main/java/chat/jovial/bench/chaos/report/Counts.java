package chat.jovial.bench.chaos.report;

import chat.jovial.bench.chaos.evidence.Evidence;
import chat.jovial.bench.chaos.evidence.Message;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts of messages and events in a run.
 *
 * @param sent messages that a device was told to send
 * @param queued those that it noted to have kept for good before it told anyone
 * @param stored those of which the sender saw {@code stored}
 * @param inLogs entries that members read in the end; also messages whose sender crashed before it
 *     saw anything
 * @param shown how often a device showed one
 * @param heldBack not written: the device was off, or had enough that waited
 * @param refused by the code of the server's answer
 */
public record Counts(
    long sent,
    long queued,
    long stored,
    long inLogs,
    long shown,
    long heldBack,
    Map<String, Long> refused) {
  public Counts {
    refused = Map.copyOf(refused);
  }

  public static Counts of(Evidence evidence, long heldBack) {
    List<Message> messages = evidence.messages().toList();
    Map<String, Long> refused = new TreeMap<>();
    for (Message message : messages) {
      String code = message.refusal();
      if (code != null) {
        refused.merge(code, 1L, Long::sum);
      }
    }
    return new Counts(
        messages.size(),
        messages.stream().filter(message -> message.queuedNanos() != 0).count(),
        messages.stream().filter(Message::wasStored).count(),
        evidence.conversations().stream()
            .mapToLong(
                conversation ->
                    conversation.histories().values().stream().mapToInt(List::size).max().orElse(0))
            .sum(),
        evidence.conversations().stream()
            .flatMap(conversation -> conversation.screens().values().stream())
            .mapToLong(screen -> screen.size())
            .sum(),
        heldBack,
        refused);
  }
}
