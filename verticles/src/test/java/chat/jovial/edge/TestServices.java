package chat.jovial.edge;

import chat.jovial.access.TestTokens;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Reply;
import chat.jovial.contract.Service;
import chat.jovial.contract.Shards;
import chat.jovial.contract.UmsOperations;
import chat.jovial.contract.bus.Call;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mds.Push;
import chat.jovial.contract.mds.Send;
import chat.jovial.contract.mds.Stored;
import chat.jovial.contract.ums.LogIn;
import chat.jovial.contract.ums.LoggedIn;
import chat.jovial.contract.ums.PublicKeys;
import chat.jovial.contract.ums.Revocations;
import chat.jovial.contract.ums.SessionEnded;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands in for UMS and MDS on the bus, so that the edge can be tested alone: every send is stored
 * at once and pushed to both.
 */
final class TestServices {
  /** A send whose body has this type is never answered. */
  static final String UNANSWERED = "unanswered";

  private final Vertx vertx;
  private final TestTokens tokens;
  private final AtomicLong seq = new AtomicLong();
  private final List<SessionEnded> ended = Collections.synchronizedList(new ArrayList<>());
  private final List<Message<Call>> unanswered = Collections.synchronizedList(new ArrayList<>());

  TestServices(Vertx vertx, TestTokens tokens) {
    this.vertx = vertx;
    this.tokens = tokens;
    vertx.eventBus().<Call>localConsumer(Service.UMS.address(), this::answerUms);
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      vertx.eventBus().<Call>localConsumer(Shards.address(shard), this::answerMds);
    }
  }

  /** Ends a device session so that only those who ask learn of it. */
  void endSilently(SessionEnded session) {
    ended.add(session);
  }

  List<Message<Call>> unanswered() {
    return unanswered;
  }

  private void answerUms(Message<Call> message) {
    Call call = message.body();
    Object answer;
    if (call.operation() == UmsOperations.PUBLIC_KEYS) {
      answer = new PublicKeys(List.of(tokens.publicKey()));
    } else if (call.operation() == UmsOperations.REVOKED_SINCE) {
      answer = new Revocations(List.copyOf(ended), Instant.now());
    } else if (call.request() instanceof LogIn login) {
      answer =
          "right".equals(login.password())
              ? new LoggedIn("token", "refresh", Instant.now(), login.appKey(), "device")
              : JovialException.unauthenticated("wrong username or password");
    } else {
      answer = JovialException.notFound("the test has no such operation");
    }
    message.reply(answer);
  }

  private void answerMds(Message<Call> message) {
    Call call = message.body();
    Send send = (Send) call.request();
    if (send.body().json().contains(UNANSWERED)) {
      unanswered.add(message);
      return;
    }
    String recipient = send.to().requireUserId();
    String sender = call.caller().requireUser();
    Entry entry =
        new Entry(
            Ids.directConversation(sender, recipient),
            seq.incrementAndGet(),
            sender,
            recipient,
            call.caller().requireDevice(),
            Objects.requireNonNullElse(send.clientId(), "none"),
            Instant.EPOCH,
            Instant.EPOCH,
            Kind.MESSAGE,
            send.body(),
            null,
            null,
            null,
            null);
    Reply stored =
        new Stored(entry.conversationId(), entry.seq(), entry.clientId(), entry.storedAt(), null);
    message.reply(stored);
    String origin = Objects.requireNonNullElse(call.caller().connectionId(), "");
    publish(Push.ofEntries(List.of(sender, recipient), List.of(entry), List.of(origin)));
  }

  void publish(Push push) {
    vertx.eventBus().publish(Catalogue.PUSH.address(), push);
  }
}
