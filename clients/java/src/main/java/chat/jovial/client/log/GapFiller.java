package chat.jovial.client.log;

import chat.jovial.client.executor.SerialExecutor;
import chat.jovial.client.json.Json;
import chat.jovial.client.model.JovialException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Filler of the gaps between what a device holds and the end of a log: fetches from below, so that
 * it can be shown and acknowledged as it comes. Confined to the executor.
 */
final class GapFiller {
  /** The most that {@code mss.history} gives. */
  private static final int PAGE = 200;

  /** Pages asked for at a time: a device that was away for long leaves room for what is new. */
  private static final int MAX_IN_FLIGHT = 2;

  /** A push or reply that is only a little late closes most gaps by itself. */
  private static final Duration GRACE = Duration.ofMillis(200);

  private static final Duration RETRY_WAIT = Duration.ofSeconds(1);

  private final SerialExecutor executor;
  private final Requester requester;
  private final EntryLog log;
  private final Set<ConversationState> waiting = new LinkedHashSet<>();
  private int inFlight;

  GapFiller(SerialExecutor executor, Requester requester, EntryLog log) {
    this.executor = executor;
    this.requester = requester;
    this.log = log;
  }

  /** After a push that left a gap. */
  void checkSoon(ConversationState conversation) {
    if (conversation.hasGap() && !conversation.filling) {
      conversation.filling = true;
      var unused =
          executor.after(
              GRACE,
              () -> {
                conversation.filling = false;
                fill(conversation);
              });
    }
  }

  /** Now; those asked for first are filled first. */
  void fill(ConversationState conversation) {
    if (conversation.hasGap() && !conversation.filling) {
      waiting.add(conversation);
      pump();
    }
  }

  private void pump() {
    while (inFlight < MAX_IN_FLIGHT && requester.isOpen() && !waiting.isEmpty()) {
      ConversationState next = waiting.iterator().next();
      waiting.remove(next);
      if (next.hasGap() && !next.filling) {
        ask(next);
      }
    }
  }

  private void ask(ConversationState conversation) {
    long before = conversation.upto;
    ObjectNode request =
        Json.object()
            .put("conversation_id", conversation.id)
            .put("after", before)
            .put("limit", (int) Math.min(PAGE, conversation.lastSeq - before));
    conversation.filling = true;
    inFlight++;
    var unused =
        requester
            .request("mss.history", request)
            .whenComplete(
                (reply, failure) -> {
                  conversation.filling = false;
                  inFlight--;
                  if (failure == null) {
                    accept(conversation, reply);
                    if (conversation.upto > before) {
                      fill(conversation);
                    }
                    // Else there is nothing to be had now; the next sync asks again.
                  } else {
                    handleFailure(conversation, Failures.of(failure));
                  }
                  pump();
                });
  }

  private void accept(ConversationState conversation, JsonNode reply) {
    for (String list : List.of("entries", "related")) {
      for (JsonNode entry : reply.path(list)) {
        log.accept(conversation, Json.entry(entry));
      }
    }
  }

  private void handleFailure(ConversationState conversation, JovialException failure) {
    if (!failure.isDefinite() && requester.isOpen()) {
      conversation.filling = true;
      var unused =
          executor.after(
              Failures.waitAfter(failure, RETRY_WAIT),
              () -> {
                conversation.filling = false;
                fill(conversation);
              });
    }
  }
}
