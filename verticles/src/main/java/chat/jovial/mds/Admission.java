package chat.jovial.mds;

import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mss.CheckKeys;
import chat.jovial.contract.mss.FindSend;
import chat.jovial.contract.mss.ReadTarget;
import chat.jovial.contract.mss.Target;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides on each send of a settled log: stored before, refused, or new and ready for a group. What
 * was stored before is found out first, so that a send that is repeated gets its old answer also
 * when it would be refused by now. Confined to the event loop of its log.
 */
final class Admission {
  private static final Duration RETRY_WHILE_REMOVING = Duration.ofSeconds(1);

  private final String conversationId;
  private final LogStore store;
  private final LogAppender appender;
  private final Clock clock;
  private final TargetTurns turns = new TargetTurns();
  private final CheckedSenders checked;
  private boolean removingRange;

  Admission(String conversationId, LogStore store, LogAppender appender, Clock clock) {
    this.conversationId = conversationId;
    this.store = store;
    this.appender = appender;
    this.clock = clock;
    this.checked = new CheckedSenders(clock);
  }

  /** Marks the send ready or settles it, now or later; later ones are then written at once. */
  void admit(PendingSend send) {
    if (isAboveEnd("reply_to", send.draft().replyTo(), send)
        || isAboveEnd("target", send.draft().target(), send)) {
      return;
    }
    Long target = send.draft().target();
    // Taken now and not when it is known to be new: turns must be in the order of the queue, or one
    // would wait for another that waits behind it.
    Future<?> turn = target == null ? Future.succeededFuture() : turns.turnOf(send, target);
    UUID uuid = send.uuid();
    if (appender.tail() == 0) {
      // An empty log holds nothing that could be a duplicate, but nobody has checked its members.
      checkPeer(send);
    } else if (uuid != null && isNew(send.key().senderId(), uuid)) {
      checkKeys(send, () -> checkTarget(send, turn));
    } else {
      lookUp(send, uuid, turn);
    }
  }

  /**
   * Edits are refused from now on, so that none slips into a range that is being removed. Succeeds
   * when those taken in before are settled.
   */
  Future<?> beginRemoval() {
    removingRange = true;
    return turns.allBefore();
  }

  void endRemoval() {
    removingRange = false;
  }

  boolean isRemoving() {
    return removingRange;
  }

  private boolean isAboveEnd(String field, @Nullable Long seq, PendingSend send) {
    boolean above = seq != null && seq > appender.tail();
    if (above) {
      send.fail(JovialException.invalid(field + " " + seq + " is not in the conversation"));
    }
    return above;
  }

  /** Whether the memory of sends is enough to know that this id is not stored. */
  private boolean isNew(String senderId, UUID uuid) {
    RecentSends recent = appender.recent();
    return recent.find(senderId, uuid) == SeqTable.NONE
        && recent.knowsAllSince(ClientIds.timeOf(uuid));
  }

  private void lookUp(PendingSend send, @Nullable UUID uuid, Future<?> turn) {
    Instant storedSince =
        uuid == null ? null : ClientIds.timeOf(uuid).minus(RecentSends.CLOCK_ALLOWANCE);
    store
        .findSend(
            new FindSend(
                conversationId,
                send.key().senderId(),
                send.key().clientId(),
                storedSince,
                appender.openBucket()))
        .onFailure(send::fail)
        .onSuccess(
            found -> {
              // Beyond the acknowledged end nothing counts: this id is not in flight, or it had
              // waited.
              if (found.isPresent() && found.get().seq() <= appender.tail()) {
                send.settle(found.get());
              } else {
                checkKeys(send, () -> checkTarget(send, turn));
              }
            })
        .onComplete(done -> appender.writeNext());
  }

  private void checkPeer(PendingSend send) {
    String sender = send.key().senderId();
    String peer = Ids.peer(conversationId, sender);
    if (peer == null || peer.equals(sender)) {
      checkKeys(send, send::markReady);
      return;
    }
    store
        .userExists(send.draft().caller().requireApp(), peer)
        .onFailure(send::fail)
        .onSuccess(
            exists -> {
              if (exists) {
                checkKeys(send, send::markReady);
              } else {
                send.fail(JovialException.notFound("there is no user " + peer));
              }
            })
        .onComplete(done -> appender.writeNext());
  }

  /**
   * Goes on if what it says can be sealed. Asked before it gets its number, for from then on there
   * is no refusing it.
   */
  private void checkKeys(PendingSend send, Runnable next) {
    String sender = send.key().senderId();
    if (!send.draft().hasContent() || checked.contains(sender)) {
      next.run();
      return;
    }
    Instant asked = clock.instant();
    store
        .checkKeys(new CheckKeys(conversationId, sender))
        .onFailure(send::fail)
        .onSuccess(
            there -> {
              checked.add(sender, asked);
              next.run();
            })
        .onComplete(done -> appender.writeNext());
  }

  private void checkTarget(PendingSend send, Future<?> turn) {
    Long target = send.draft().target();
    if (target == null) {
      send.markReady();
      return;
    }
    if (removingRange && send.draft().isOf(Kind.EDIT)) {
      send.fail(removing());
      return;
    }
    boolean withEdits = !send.draft().isOf(Kind.REACTION);
    turn.compose(come -> store.readTarget(new ReadTarget(conversationId, target, withEdits)))
        .onFailure(send::fail)
        .onSuccess(found -> decide(send, target, found))
        .onComplete(done -> appender.writeNext());
  }

  private static void decide(PendingSend send, long target, Target found) {
    Entry message = found.entry();
    Draft draft = send.draft();
    if (message == null || !message.isOf(Kind.MESSAGE)) {
      send.fail(JovialException.invalid("target " + target + " is not a message"));
      return;
    }
    boolean own = message.senderId().equals(send.key().senderId());
    if (!own && !draft.isOf(Kind.REACTION)) {
      send.fail(JovialException.forbidden("message " + target + " is not yours to change"));
      return;
    }
    if (draft.isOf(Kind.REDACTION)) {
      List<Long> all = new ArrayList<>(found.edits());
      all.add(target);
      send.markReady(all);
    } else if (message.body() == null) {
      send.fail(JovialException.gone("message " + target + " is gone"));
    } else if (draft.isOf(Kind.EDIT)) {
      admitEdit(send, message, found.edits().size());
    } else {
      send.markReady();
    }
  }

  private static void admitEdit(PendingSend send, Entry message, int edits) {
    if (edits >= ReadTarget.MAX_EDITS) {
      send.fail(
          JovialException.invalid(
              "message "
                  + message.seq()
                  + " was edited "
                  + edits
                  + " times already; send another one"));
    } else {
      send.markReady(message.expiresAt());
    }
  }

  static JovialException removing() {
    return JovialException.tryAgain(
        "messages are being deleted here at the moment", RETRY_WHILE_REMOVING);
  }
}
