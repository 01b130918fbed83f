package chat.jovial.client.log;

import chat.jovial.client.executor.SerialExecutor;
import chat.jovial.client.executor.Timer;
import chat.jovial.client.json.Json;
import chat.jovial.client.model.Entry;
import chat.jovial.client.model.JovialException;
import chat.jovial.client.store.ConversationRecord.Watermark;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sender of receipts: up to where this device holds, and its user has read, each conversation.
 * Nothing is acknowledged before its turn is committed, for a request goes out after that. One
 * receipt serves several entries. A receipt that was lost is owed again after the next sync.
 * Confined to the executor.
 */
final class Acknowledger implements EntryLog.Follower {
  /** Requests at a time. */
  private static final int MAX_IN_FLIGHT = 8;

  /** After a failure that may pass. */
  private static final Duration RETRY_WAIT = Duration.ofSeconds(2);

  private final SerialExecutor executor;
  private final Requester requester;
  private final Conversations conversations;
  private final Duration coalesce;
  private final Set<ConversationState> owing = new LinkedHashSet<>();
  private int inFlight;
  private @Nullable Timer timer;

  Acknowledger(
      SerialExecutor executor,
      Requester requester,
      Conversations conversations,
      Duration coalesce) {
    this.executor = executor;
    this.requester = requester;
    this.conversations = conversations;
    this.coalesce = coalesce;
  }

  @Override
  public void handleShown(ConversationState conversation, List<Entry> run) {
    check(conversation);
  }

  /** Notes what is owed for a conversation, if anything. */
  void check(ConversationState conversation) {
    if (conversation.owed() != null) {
      owing.add(conversation);
      schedule(coalesce);
    }
  }

  /** After each opening of the session. */
  void checkAll() {
    conversations.all().forEach(this::check);
  }

  private void schedule(Duration wait) {
    if (timer == null) {
      timer =
          executor.after(
              wait,
              () -> {
                timer = null;
                sendAll();
              });
    }
  }

  private void sendAll() {
    for (ConversationState conversation : List.copyOf(owing)) {
      if (!requester.isOpen() || inFlight >= MAX_IN_FLIGHT) {
        return; // The next reply, or the next session, goes on with it.
      }
      if (!conversation.ackInFlight) {
        owing.remove(conversation);
        Watermark owed = conversation.owed();
        if (owed != null) {
          send(conversation, owed);
        }
      }
    }
  }

  private void send(ConversationState conversation, Watermark owed) {
    ObjectNode request = Json.object().put("conversation_id", conversation.id);
    if (owed.delivered() > 0) {
      request.put("delivered_upto", owed.delivered());
    }
    if (owed.read() > 0) {
      request.put("read_upto", owed.read());
    }
    conversation.ackInFlight = true;
    inFlight++;
    var unused =
        requester
            .request("mds.ack", request)
            .whenComplete(
                (reply, failure) -> {
                  conversation.ackInFlight = false;
                  inFlight--;
                  if (failure == null) {
                    conversation.acked = conversation.acked.max(owed);
                    conversations.changed(conversation);
                    check(conversation);
                  } else {
                    handleFailure(conversation, Failures.of(failure));
                  }
                  if (!owing.isEmpty() && requester.isOpen()) {
                    schedule(coalesce);
                  }
                });
  }

  private void handleFailure(ConversationState conversation, JovialException failure) {
    if (!failure.isDefinite()) {
      owing.add(conversation);
      schedule(Failures.waitAfter(failure, RETRY_WAIT));
    }
  }
}
