package chat.jovial.edge;

import chat.jovial.contract.Access;
import chat.jovial.contract.Caller;
import chat.jovial.contract.EdgeOperations;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Json;
import chat.jovial.contract.Operation;
import chat.jovial.contract.Reply;
import chat.jovial.contract.Request;
import chat.jovial.contract.presence.Presences;
import chat.jovial.contract.presence.WatchPresence;
import chat.jovial.contract.session.OpenSession;
import chat.jovial.contract.session.SessionOpened;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection, over whatever transport: anonymous, then bound to a user by {@code
 * session.open}, then closing, then closed. Confined to its event loop; only {@link #identity} and
 * {@link #takesEvents} may be read elsewhere.
 *
 * <p>There is one for each of 10,000 and more idle clients: no timers, no collections in here.
 */
final class ClientSession {
  /** How long a peer has to complete a polite close before its channel is closed. */
  static final long CLOSE_MILLIS = 1_000;

  /**
   * Requests refused for their rate between two sweeps, one second; more is no mistake but a flood,
   * and reading and answering it costs the others.
   */
  private static final int MAX_REFUSED_PER_SWEEP = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(ClientSession.class);

  private enum State {
    OPEN,
    CLOSING,
    CLOSED
  }

  /** Place in the loop's list; the loop's own business. */
  int indexInLoop;

  private final EdgeLoop loop;
  private final EdgeNode node;
  private final Transport transport;
  private final Outbox outbox;
  private final String connectionId;
  private final TokenBucket requestRate;
  private final long openedAtMillis;
  private State state = State.OPEN;
  private volatile @Nullable Identity identity;
  private volatile boolean takesEvents;
  private int inFlight;
  private boolean readingPaused;
  private boolean opening;
  private boolean watching;
  private int refusedSinceSweep;
  private long heardAtMillis;
  private long closingAtMillis;

  /** Why it is to be closed once nothing is in flight. */
  private @Nullable CloseReason leaving;

  ClientSession(EdgeLoop loop, EdgeNode node, Transport transport) {
    this.loop = loop;
    this.node = node;
    this.transport = transport;
    this.outbox = new Outbox(transport, node.limits());
    this.connectionId = node.connectionIds().next();
    this.requestRate = new TokenBucket(node.limits().connectionRate(), System.nanoTime());
    this.openedAtMillis = loop.nowMillis();
    this.heardAtMillis = openedAtMillis;
    loop.add(this);
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  EdgeLoop loop() {
    return loop;
  }

  FrameStyle style() {
    return transport.style();
  }

  String connectionId() {
    return connectionId;
  }

  /** Who this connection is bound to. Any thread; the event loop decides. */
  @Nullable Identity identity() {
    return identity;
  }

  /** Whether it registered for events. Any thread. */
  boolean takesEvents() {
    return takesEvents;
  }

  /** One frame as it came; the bytes are not kept. */
  void handleFrame(byte[] json, int offset, int length) {
    assert loop.isCurrent();
    if (state != State.OPEN) {
      return;
    }
    heardAtMillis = loop.nowMillis();
    node.metrics().request();
    long waitMillis = checkRate();
    InboundFrame frame;
    try {
      frame = FrameReader.read(json, offset, length);
    } catch (IOException e) {
      sendError(null, null, Json.refusal(e));
      return;
    }
    try {
      if (waitMillis > 0) {
        throw RateLimiter.refusal("requests on this connection", waitMillis);
      }
      dispatch(frame);
    } catch (JovialException e) {
      sendError(frame.replyAddress(), frame.address(), e);
    }
  }

  /** A WebSocket ping or pong: shows that the client is there, and may be a flood too. */
  void handleControlFrame() {
    heardAtMillis = loop.nowMillis();
    checkRate();
  }

  private long checkRate() {
    long waitMillis = requestRate.take(System.nanoTime());
    if (waitMillis > 0 && ++refusedSinceSweep > MAX_REFUSED_PER_SWEEP) {
      close(CloseReason.RATE);
    }
    return waitMillis;
  }

  private void dispatch(InboundFrame frame) {
    String problem = frame.problem();
    if (problem != null) {
      throw JovialException.invalid(problem);
    }
    String type = frame.type();
    if (type == null) {
      throw JovialException.invalid("type is missing");
    }
    switch (type) {
      case "send" -> handleSend(frame);
      case "ping" -> handlePing();
      case "register" -> handleRegister(frame.address());
      case "unregister" -> handleUnregister(frame.address());
      case "publish" ->
          sendError(
              frame.address(),
              frame.address(),
              JovialException.forbidden("clients cannot publish; send to an operation instead"));
      default -> throw JovialException.invalid("there is no such type of frame");
    }
  }

  private void handlePing() {
    if (transport.style() == FrameStyle.TCP) {
      send(Frames.pong());
    }
  }

  private void handleRegister(@Nullable String address) {
    if (!Frames.INBOX.equals(address)) {
      sendError(address, address, JovialException.notFound("only 'inbox' can be registered"));
    } else if (identity == null) {
      sendError(address, address, JovialException.unauthenticated("call session.open first"));
    } else {
      takesEvents = true;
    }
  }

  private void handleUnregister(@Nullable String address) {
    if (!Frames.INBOX.equals(address)) {
      sendError(address, address, JovialException.notFound("only 'inbox' can be registered"));
    } else {
      takesEvents = false;
    }
  }

  private void handleSend(InboundFrame frame) {
    Operation<?, ?> operation = OperationGate.operation(frame.address());
    node.gate().checkAddressRate(operation, transport.remoteAddress());
    String authorization = frame.authorization();
    if (operation == EdgeOperations.SESSION_OPEN) {
      OpenSession request = OperationGate.bind(frame.body(), OpenSession.class, null);
      // What was sent behind it counts on the session: it is read when the outcome is there.
      opening = true;
      answer(frame, openSession(request));
    } else if (operation == EdgeOperations.PRESENCE_WATCH) {
      answer(frame, watchPresence(frame));
    } else if (authorization != null && operation.access() == Access.USER) {
      answer(
          frame,
          node.gate().identify(authorization).compose(shown -> call(operation, frame, shown)));
    } else {
      answer(frame, call(operation, frame, identity));
    }
  }

  private Future<? extends Reply> call(
      Operation<?, ?> operation, InboundFrame frame, @Nullable Identity as) {
    Caller caller = node.gate().callerOf(operation, as, connectionId, transport.remoteAddress());
    Request request = frame.request();
    if (request == null) {
      request = OperationGate.bind(frame.body(), operation.request(), frame.appKey());
    }
    return node.gate().call(operation, caller, request);
  }

  /** Sends the outcome when it is there; meanwhile the request counts as in flight. */
  private void answer(InboundFrame frame, Future<? extends Reply> reply) {
    String replyAddress = frame.replyAddress();
    String address = frame.address();
    inFlight++;
    if ((opening || inFlight >= node.limits().maxRequestsInFlight()) && !readingPaused) {
      readingPaused = true;
      transport.pauseReading();
    }
    reply.onComplete(outcome -> loop.run(() -> handleOutcome(replyAddress, address, outcome)));
  }

  private void handleOutcome(
      @Nullable String replyAddress,
      @Nullable String address,
      AsyncResult<? extends Reply> outcome) {
    inFlight--;
    if (EdgeOperations.SESSION_OPEN.name().equals(address)) {
      opening = false;
    }
    if (outcome.failed()) {
      Throwable failure = outcome.cause();
      if (!(failure instanceof JovialException)) {
        LOG.error("{} failed at the edge", address, failure);
      }
      sendError(replyAddress, address, JovialException.of(failure));
    } else if (replyAddress != null) {
      byte[] body = Json.write(outcome.result());
      send(Frames.message(transport.style(), replyAddress, body));
    }
    if (!opening && inFlight < node.limits().maxRequestsInFlight()) {
      readOn();
    }
    closeIfAnswered();
  }

  /** Closes it as soon as whatever the client has asked is answered. */
  void closeWhenAnswered(CloseReason reason) {
    assert loop.isCurrent();
    leaving = reason;
    closeIfAnswered();
  }

  private void closeIfAnswered() {
    CloseReason reason = leaving;
    if (reason != null && inFlight == 0) {
      close(reason);
    }
  }

  private Future<Presences> watchPresence(InboundFrame frame) {
    WatchPresence request =
        frame.request() instanceof WatchPresence read
            ? read
            : OperationGate.bind(frame.body(), WatchPresence.class, null);
    Identity who = identity;
    if (who == null) {
      throw JovialException.unauthenticated("call session.open first");
    }
    node.gate().checkUserRate(who.userId());
    watching = true;
    return node.watchers().watch(this, who, request.userIds());
  }

  private Future<SessionOpened> openSession(OpenSession request) {
    return node.gate().verify(request.userToken()).compose(shown -> bind(shown, request));
  }

  /**
   * May run on another event loop's thread, when the keys had to be fetched for several at once.
   */
  private Future<SessionOpened> bind(Identity shown, OpenSession request) {
    if (!loop.isCurrent()) {
      return loop.call(() -> bind(shown, request));
    }
    if (state != State.OPEN) {
      return Future.failedFuture(JovialException.unauthenticated("the connection is closed"));
    }
    if (request.deviceId() != null && !request.deviceId().equals(shown.deviceId())) {
      return Future.failedFuture(
          JovialException.invalid("device_id is not the one that the user_token was made for"));
    }
    Identity bound = identity;
    if (bound != null && !bound.isSamePartyAs(shown)) {
      return Future.failedFuture(
          JovialException.conflict(
              "this connection belongs to another user or device; use a new one"));
    }
    identity = shown;
    Future<Void> known = bound == null ? node.hub().bind(this, shown) : Future.succeededFuture();
    if (node.hub().hasEnded(shown.sessionId())) {
      close(CloseReason.SESSION_ENDED);
    }
    SessionOpened opened =
        new SessionOpened(
            shown.userId(),
            shown.deviceId(),
            Instant.ofEpochMilli(node.clock().millis()),
            node.config().pingInterval().toMillis());
    // Answered when pushes find it: what is stored from then on is either pushed or read.
    return known.map(opened).onFailure(failure -> loop.run(this::unbind));
  }

  /** Frames of events, made once for all connections of this style. */
  void deliver(byte[][] frames) {
    if (takesEvents) {
      for (byte[] frame : frames) {
        send(frame);
      }
      node.metrics().pushed(frames.length);
    }
  }

  private void sendError(
      @Nullable String replyAddress, @Nullable String address, JovialException failure) {
    node.metrics().error();
    send(Frames.error(transport.style(), replyAddress, address, failure));
  }

  private void send(byte[] frame) {
    if (state == State.OPEN && !outbox.write(frame)) {
      close(CloseReason.TOO_SLOW);
    }
  }

  /** Once a second: what a timer for each connection would do. */
  void sweep(long nowMillis, long wallMillis) {
    if (state == State.CLOSING) {
      if (nowMillis - closingAtMillis >= CLOSE_MILLIS) {
        transport.destroy();
      }
      return;
    }
    refusedSinceSweep = 0;
    Identity bound = identity;
    if (bound != null && bound.expiresAtMillis() <= wallMillis) {
      close(CloseReason.SESSION_ENDED);
    } else if (bound != null && node.cutOff().getAsBoolean()) {
      close(CloseReason.CUT_OFF);
    } else if (bound == null
        && !opening
        && nowMillis - openedAtMillis > node.limits().openTimeout().toMillis()) {
      close(CloseReason.NO_SESSION);
    } else if (nowMillis - heardAtMillis > 2 * node.config().pingInterval().toMillis()) {
      close(CloseReason.IDLE);
    } else if (outbox.isStalled(nowMillis)) {
      close(CloseReason.TOO_SLOW);
    }
  }

  /** Tells the client why, and closes; the sweep closes the channel if the client does not. */
  void close(CloseReason reason) {
    assert loop.isCurrent();
    if (state != State.OPEN) {
      return;
    }
    node.metrics().closed(reason);
    LOG.debug("Closing {} of {}: {}", connectionId, transport.remoteAddress(), reason);
    if (takesEvents && (reason == CloseReason.SESSION_ENDED || reason.isReconnect())) {
      transport.write(PushedEntries.sessionEvent(transport.style(), reason));
    }
    if (!transport.style().hasCloseCodes()) {
      transport.write(Frames.closing(reason));
    }
    state = State.CLOSING;
    closingAtMillis = loop.nowMillis();
    unbind();
    readOn();
    transport.close(reason.closeCode(), reason.detail());
  }

  /** The connection is gone. */
  void handleClosed() {
    if (state != State.CLOSED) {
      unbind();
      state = State.CLOSED;
      loop.remove(this);
      readOn();
    }
  }

  /** What Vert.x holds back of a paused connection is freed only by reading it. */
  private void readOn() {
    if (readingPaused) {
      readingPaused = false;
      transport.resumeReading();
    }
  }

  private void unbind() {
    takesEvents = false;
    if (watching) {
      watching = false;
      node.watchers().forget(this);
    }
    Identity bound = identity;
    if (bound != null) {
      identity = null;
      node.hub().unbind(this, bound);
    }
  }
}
