package chat.jovial.mds;

import chat.jovial.access.Memberships;
import chat.jovial.bus.OperationHandlers;
import chat.jovial.contract.Caller;
import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.MdsOperations;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.mds.Ack;
import chat.jovial.contract.mds.Edit;
import chat.jovial.contract.mds.Push;
import chat.jovial.contract.mds.React;
import chat.jovial.contract.mds.Redact;
import chat.jovial.contract.mds.Send;
import chat.jovial.contract.mds.Stored;
import chat.jovial.contract.mds.Typing;
import chat.jovial.contract.mds.TypingEvent;
import chat.jovial.contract.mss.CommittedSeq;
import chat.jovial.contract.mss.CommittedSeqs;
import chat.jovial.contract.mss.DeleteFrom;
import chat.jovial.contract.mss.Deleted;
import chat.jovial.contract.mss.GetCommittedSeqs;
import chat.jovial.mds.idempotency.ClientIds;
import chat.jovial.mds.idempotency.RecentSends;
import chat.jovial.mds.log.ConversationLog;
import chat.jovial.mds.log.Draft;
import chat.jovial.mds.push.PushPublisher;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Handlers of MDS's operations: who may, and in which form, before the owner of the log decides.
 */
final class MdsHandlers {
  private final ConversationTable logs;
  private final PushPublisher publisher;
  private final Memberships memberships;
  private final AppendGuard guard;
  private final MdsConfig config;
  private final Clock clock;
  private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();

  MdsHandlers(
      ConversationTable logs,
      PushPublisher publisher,
      Memberships memberships,
      AppendGuard guard,
      MdsConfig config,
      Clock clock) {
    this.logs = logs;
    this.publisher = publisher;
    this.memberships = memberships;
    this.guard = guard;
    this.config = config;
    this.clock = clock;
  }

  OperationHandlers on(OperationHandlers handlers) {
    return handlers
        .on(MdsOperations.SEND, this::send)
        .on(MdsOperations.EDIT, this::edit)
        .on(MdsOperations.REDACT, this::redact)
        .on(MdsOperations.REACT, this::react)
        .on(MdsOperations.ACK, this::ack)
        .on(MdsOperations.TYPING, this::typing)
        .on(MdsOperations.DELETE_FROM, this::deleteFrom)
        .on(
            MdsOperations.COMMITTED_SEQ,
            (caller, query) ->
                logs.get(query.conversationId()).committedSeq().map(CommittedSeq::new))
        .on(MdsOperations.COMMITTED_SEQS, (caller, query) -> committedSeqs(query));
  }

  private Future<CommittedSeqs> committedSeqs(GetCommittedSeqs query) {
    List<Future<Long>> seqs =
        query.conversationIds().stream().map(id -> logs.get(id).committedSeq()).toList();
    return Future.all(seqs).map(done -> new CommittedSeqs(done.list()));
  }

  private Future<Stored> send(Caller caller, Send send) {
    String clientId = clientIdOf(send.clientId());
    String userId = send.to().requireUserId();
    if (!Ids.isAssigned(userId)) {
      throw JovialException.notFound("there is no user " + userId);
    }
    Draft draft = Draft.of(caller, clientId, send);
    guard.check(caller, draft.bytes());
    return logs.get(send.conversationOf(caller)).append(draft);
  }

  private Future<Stored> edit(Caller caller, Edit edit) {
    String clientId = clientIdOf(edit.clientId());
    return append(caller, edit.conversationId(), Draft.of(caller, clientId, edit));
  }

  private Future<Stored> redact(Caller caller, Redact redact) {
    String clientId = clientIdOf(redact.clientId());
    return append(caller, redact.conversationId(), Draft.of(caller, clientId, redact));
  }

  private Future<Stored> react(Caller caller, React react) {
    String clientId = clientIdOf(react.clientId());
    return append(caller, react.conversationId(), Draft.of(caller, clientId, react));
  }

  private Future<Nothing> ack(Caller caller, Ack ack) {
    return logOf(caller, ack.conversationId())
        .compose(log -> log.acknowledge(caller.requireUser(), ack))
        .map(Nothing.NOTHING);
  }

  /**
   * Published only where there are messages already: the first of them was accepted because both
   * are users of one app, which an id alone does not say.
   */
  private Future<Nothing> typing(Caller caller, Typing typing) {
    String conversationId = typing.conversationId();
    return logOf(caller, conversationId)
        .compose(ConversationLog::committedSeq)
        .map(
            committedSeq -> {
              if (committedSeq > 0) {
                publishTyping(caller, typing);
              }
              return Nothing.NOTHING;
            });
  }

  private void publishTyping(Caller caller, Typing typing) {
    String userId = caller.requireUser();
    TypingEvent event = TypingEvent.of(typing.conversationId(), userId, typing.typing());
    publisher.publish(
        Push.ofEvent(
            memberships.othersThan(userId, typing.conversationId()), event, caller.connectionId()));
  }

  private Future<Deleted> deleteFrom(Caller caller, DeleteFrom request) {
    return logOf(caller, request.conversationId())
        .compose(
            log -> {
              if (!config.membersMayDelete()) {
                throw JovialException.forbidden(
                    "members may not delete messages here; the operator allows it with the setting "
                        + MdsConfig.MEMBERS_MAY_DELETE_KEY);
              }
              return log.deleteFrom(caller, request.from());
            });
  }

  private Future<Stored> append(Caller caller, String conversationId, Draft draft) {
    return logOf(caller, conversationId)
        .compose(
            log -> {
              guard.check(caller, draft.bytes());
              return log.append(draft);
            });
  }

  /** The log, for a member of its conversation. */
  private Future<ConversationLog> logOf(Caller caller, String conversationId) {
    return memberships
        .check(caller.requireUser(), conversationId)
        .map(member -> logs.get(conversationId));
  }

  /** The client's id, or one made for it. */
  private String clientIdOf(@Nullable String given) {
    if (given == null) {
      return ids.generate().toString();
    }
    checkTime(given);
    return given;
  }

  /** An id from the future would still count as new after the memory of its sends is gone. */
  private void checkTime(String clientId) {
    UUID uuid = ClientIds.asVersion7(clientId);
    if (uuid == null) {
      return;
    }
    Instant now = clock.instant();
    if (ClientIds.timeOf(uuid).isAfter(now.plus(RecentSends.CLOCK_ALLOWANCE))) {
      throw new JovialException(
          ErrorCode.INVALID_REQUEST,
          "client_id is a UUIDv7 of a time more than ten minutes ahead: set this device's clock",
          Map.of("server_time", now.toString()));
    }
  }
}
