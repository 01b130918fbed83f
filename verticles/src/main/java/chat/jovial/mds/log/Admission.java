package chat.jovial.mds.log;

import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mss.CheckKeys;
import chat.jovial.contract.mss.FindSend;
import chat.jovial.contract.mss.ReadTarget;
import chat.jovial.contract.mss.Target;
import chat.jovial.mds.idempotency.ClientIds;
import chat.jovial.mds.idempotency.RecentSends;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Admission control of a recovered log: each send was stored before, is refused, or is new and
 * ready for a group. Whether it was stored before is found out first, so that a send that is
 * repeated gets its old reply also when it would be refused by now. Confined to the event loop of
 * its log.
 */
final class Admission {
  private static final Duration RETRY_WHILE_REMOVING = Duration.ofSeconds(1);

  private final LogContext context;
  private final LogHead head;
  private final PerTargetSequencer turns = new PerTargetSequencer();
  private final CheckedSenders checked;
  private boolean removingRange;

  Admission(LogContext context, LogHead head) {
    this.context = context;
    this.head = head;
    this.checked = new CheckedSenders(context.clock());
  }

  /** Marks the send ready or completes it, now or later. */
  void admit(PendingSend send) {
    if (isAboveEnd("reply_to", send.draft().replyTo(), send)
        || isAboveEnd("target", send.draft().target(), send)) {
      return;
    }
    Long target = send.draft().target();
    // Now and not when it is known to be new: turns must be in the order of the queue, or one
    // would wait for another that waits behind it.
    Future<?> turn = target == null ? Future.succeededFuture() : turns.turnOf(send, target);
    UUID uuid = send.uuid();
    if (head.committedSeq() == 0) {
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
   * when those that came before are complete.
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
    boolean above = seq != null && seq > head.committedSeq();
    if (above) {
      send.fail(JovialException.invalid(field + " " + seq + " is not in the conversation"));
    }
    return above;
  }

  /** Whether the memory of sends is enough to know that this id is not stored. */
  private boolean isNew(String senderId, UUID uuid) {
    RecentSends recent = head.recentSends();
    return recent.find(senderId, uuid) == RecentSends.NONE
        && recent.knowsAllSince(ClientIds.timeOf(uuid));
  }

  private void lookUp(PendingSend send, @Nullable UUID uuid, Future<?> turn) {
    Instant storedSince =
        uuid == null ? null : ClientIds.timeOf(uuid).minus(RecentSends.CLOCK_ALLOWANCE);
    context
        .reads()
        .findSend(
            new FindSend(
                context.conversationId(),
                send.key().senderId(),
                send.key().clientId(),
                storedSince,
                head.newestBucket()))
        .onFailure(send::fail)
        .onSuccess(
            found -> {
              // Beyond the committed seq nothing counts: this id is not in flight, or it had
              // waited.
              if (found.isPresent() && found.get().seq() <= head.committedSeq()) {
                send.complete(found.get());
              } else {
                checkKeys(send, () -> checkTarget(send, turn));
              }
            });
  }

  private void checkPeer(PendingSend send) {
    String sender = send.key().senderId();
    String peer = Ids.peer(context.conversationId(), sender);
    if (peer == null || peer.equals(sender)) {
      checkKeys(send, send::markReady);
      return;
    }
    context
        .reads()
        .userExists(send.draft().caller().requireApp(), peer)
        .onFailure(send::fail)
        .onSuccess(
            exists -> {
              if (exists) {
                checkKeys(send, send::markReady);
              } else {
                send.fail(JovialException.notFound("there is no user " + peer));
              }
            });
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
    Instant asked = context.clock().instant();
    context
        .reads()
        .checkKeys(new CheckKeys(context.conversationId(), sender))
        .onFailure(send::fail)
        .onSuccess(
            there -> {
              checked.add(sender, asked);
              next.run();
            });
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
    ReadTarget question =
        send.draft().isOf(Kind.REACTION)
            ? new ReadTarget(context.conversationId(), target, false, send.key().senderId())
            : new ReadTarget(context.conversationId(), target, true, null);
    turn.compose(reached -> context.reads().readTarget(question))
        .onFailure(send::fail)
        .onSuccess(found -> decide(send, target, found));
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
      admitReaction(send, target, found.reactions());
    }
  }

  private static void admitReaction(PendingSend send, long target, @Nullable Integer reactions) {
    if (reactions != null && reactions >= ReadTarget.MAX_REACTIONS) {
      send.fail(
          JovialException.invalid(
              "you have given and taken back "
                  + reactions
                  + " reactions to message "
                  + target
                  + "; there is no room for more"));
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
