package chat.jovial.client.log;

import chat.jovial.client.json.Json;
import chat.jovial.client.loop.KitLoop;
import chat.jovial.client.model.JovialException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Fetches what is missing between what a device holds and the end of a log, from below, so that it
 * can be shown and acknowledged as it comes. Confined to the loop.
 */
final class GapFiller {
  /** The most that {@code mss.history} gives. */
  private static final int PAGE = 200;

  /** Pages asked for at a time: a device that was away for long leaves room for what is new. */
  private static final int MAX_IN_FLIGHT = 2;

  /** A push or reply that is only a little late closes most gaps by itself. */
  private static final Duration GRACE = Duration.ofMillis(200);

  private static final Duration RETRY_WAIT = Duration.ofSeconds(1);

  private final KitLoop loop;
  private final Caller caller;
  private final EntryLog log;
  private final Set<Conv> waiting = new LinkedHashSet<>();
  private int inFlight;

  GapFiller(KitLoop loop, Caller caller, EntryLog log) {
    this.loop = loop;
    this.caller = caller;
    this.log = log;
  }

  /** After a push that left a gap. */
  void checkSoon(Conv conversation) {
    if (conversation.hasGap() && !conversation.filling) {
      conversation.filling = true;
      var unused =
          loop.after(
              GRACE,
              () -> {
                conversation.filling = false;
                fill(conversation);
              });
    }
  }

  /** Now; those asked for first are filled first. */
  void fill(Conv conversation) {
    if (conversation.hasGap() && !conversation.filling) {
      waiting.add(conversation);
      pump();
    }
  }

  private void pump() {
    while (inFlight < MAX_IN_FLIGHT && caller.isOpen() && !waiting.isEmpty()) {
      Conv next = waiting.iterator().next();
      waiting.remove(next);
      if (next.hasGap() && !next.filling) {
        ask(next);
      }
    }
  }

  private void ask(Conv conversation) {
    long before = conversation.upto;
    ObjectNode request =
        Json.object()
            .put("conversation_id", conversation.id)
            .put("after", before)
            .put("limit", (int) Math.min(PAGE, conversation.lastSeq - before));
    conversation.filling = true;
    inFlight++;
    var unused =
        caller
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

  private void accept(Conv conversation, JsonNode reply) {
    for (String list : List.of("entries", "related")) {
      for (JsonNode entry : reply.path(list)) {
        log.accept(conversation, Json.entry(entry));
      }
    }
  }

  private void handleFailure(Conv conversation, JovialException failure) {
    if (!failure.isDefinite() && caller.isOpen()) {
      conversation.filling = true;
      var unused =
          loop.after(
              Failures.waitAfter(failure, RETRY_WAIT),
              () -> {
                conversation.filling = false;
                fill(conversation);
              });
    }
  }
}
