package chat.jovial.edge.connection;

import chat.jovial.contract.JovialException;
import chat.jovial.contract.session.SessionEvent;
import chat.jovial.edge.frames.CloseReason;
import chat.jovial.edge.frames.FrameStyle;
import chat.jovial.edge.frames.Frames;
import chat.jovial.edge.limits.TokenBucket;
import chat.jovial.edge.operations.ConnectionContext;
import chat.jovial.edge.operations.Identity;
import chat.jovial.limits.LogThrottle;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connection of one client, over whatever transport: anonymous, then bound to a user by {@code
 * session.open}, then closing, then closed. Confined to its event loop; only {@link #identity},
 * {@link #receivesEvents} and {@link #deliver} may be used elsewhere.
 *
 * <p>There is one for each of 10,000 and more idle clients: no timers, no collections in here.
 */
public final class ClientConnection implements ConnectionContext {
  /** How long a peer has to complete a polite close before its channel is closed. */
  public static final long CLOSE_MILLIS = 1_000;

  /**
   * Requests refused for their rate between two sweeps, one second; more is no mistake but a flood,
   * and reading and answering it costs the others.
   */
  private static final int MAX_REFUSED_PER_SWEEP = 10_000;

  private static final LogThrottle FAILURES = new LogThrottle(5);
  private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);

  private enum State {
    OPEN,
    CLOSING,
    CLOSED
  }

  /** Position in the loop's list; the loop's own business. */
  int indexInLoop;

  private final ConnectionLoop loop;
  private final EdgeContext context;
  private final Transport transport;
  private final OutboundBuffer outbound;
  private final String connectionId;
  private final TokenBucket requestRate;
  private final long openedAtMillis;
  private State state = State.OPEN;
  private volatile @Nullable Identity identity;
  private volatile boolean receivesEvents;
  private int inFlight;
  private boolean readingPaused;
  private boolean opening;
  private int refusedSinceSweep;
  private long heardAtMillis;
  private long closingAtMillis;
  private @Nullable Runnable whenUnbound;

  /** Why it is to be closed once nothing is in flight. */
  private @Nullable CloseReason leaving;

  private ClientConnection(ConnectionLoop loop, EdgeContext context, Transport transport) {
    this.loop = loop;
    this.context = context;
    this.transport = transport;
    this.outbound = new OutboundBuffer(transport, context.limits());
    this.connectionId = context.connectionIds().next();
    this.requestRate = new TokenBucket(context.limits().connectionRate(), System.nanoTime());
    this.openedAtMillis = loop.nowMillis();
    this.heardAtMillis = openedAtMillis;
  }

  /** Serves a connection on this event loop until it closes. */
  public static void open(ConnectionLoop loop, EdgeContext context, Transport transport) {
    ClientConnection connection = new ClientConnection(loop, context, transport);
    loop.add(connection);
    transport.start(connection);
  }

  public boolean isOpen() {
    return state == State.OPEN;
  }

  ConnectionLoop loop() {
    return loop;
  }

  @Override
  public FrameStyle style() {
    return transport.style();
  }

  @Override
  public String connectionId() {
    return connectionId;
  }

  String remoteAddress() {
    return transport.remoteAddress();
  }

  @Override
  public @Nullable Identity identity() {
    return identity;
  }

  /** Whether it registered for events. Any thread. */
  boolean receivesEvents() {
    return receivesEvents;
  }

  void receiveEvents(boolean registered) {
    receivesEvents = registered;
  }

  /** One frame as it came; the bytes are not kept. */
  public void handleFrame(byte[] json, int offset, int length) {
    assert loop.isCurrent();
    if (state != State.OPEN) {
      return;
    }
    heardAtMillis = loop.nowMillis();
    context.metrics().request();
    try {
      context.dispatcher().handle(this, json, offset, length);
    } catch (RuntimeException | StackOverflowError e) {
      fail(e);
    }
  }

  /** The last catch: whatever a frame caused, its sender is answered and the others served. */
  void fail(Throwable failure) {
    context.metrics().uncaught();
    if (FAILURES.allows()) {
      LOG.error("A frame of {} failed", connectionId, failure);
    }
    sendError(null, null, JovialException.internal());
    close(CloseReason.FAILED);
  }

  /** A WebSocket ping or pong: shows that the client is there, and may be a flood too. */
  public void handleControlFrame() {
    heardAtMillis = loop.nowMillis();
    long unused = checkRate();
    // Each ping is answered by Vert.x with a pong, whether the peer reads them or not.
    if (transport.pendingBytes() > context.limits().maxOutboundBytes()) {
      close(CloseReason.TOO_SLOW);
    }
  }

  /** Counts a request or control frame: 0, or for how many milliseconds it came too early. */
  long checkRate() {
    long waitMillis = requestRate.take(System.nanoTime());
    if (waitMillis > 0 && ++refusedSinceSweep > MAX_REFUSED_PER_SWEEP) {
      close(CloseReason.RATE);
    }
    return waitMillis;
  }

  /** A request is in flight from here to {@link #requestAnswered}; too many pause reading. */
  void requestBegun() {
    inFlight++;
    // What was sent behind session.open counts on it: it is read when the outcome is there.
    if ((opening || inFlight >= context.limits().maxRequestsInFlight()) && !readingPaused) {
      readingPaused = true;
      transport.pauseReading();
    }
  }

  void requestAnswered() {
    inFlight--;
    if (!opening && inFlight < context.limits().maxRequestsInFlight()) {
      resumeReading();
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

  /** The token may be verified on another event loop's thread, for several at once. */
  @Override
  public Future<Identity> bind(Future<Identity> verified) {
    opening = true;
    return verified
        .compose(shown -> loop.isCurrent() ? bind(shown) : loop.call(() -> bind(shown)))
        .onComplete(done -> loop.run(() -> opening = false));
  }

  private Future<Identity> bind(Identity shown) {
    if (state != State.OPEN) {
      return Future.failedFuture(JovialException.unauthenticated("the connection is closed"));
    }
    Identity bound = identity;
    if (bound != null && !bound.isSamePartyAs(shown)) {
      return Future.failedFuture(
          JovialException.conflict(
              "this connection belongs to another user or device; use a new one"));
    }
    identity = shown;
    transport.sessionOpened();
    Future<Void> known =
        bound == null ? context.registry().bind(this, shown) : Future.succeededFuture();
    if (context.revoked().contains(shown.sessionId())) {
      close(CloseReason.SESSION_ENDED);
    }
    // Answered when pushes find it: what is stored from then on is either pushed or read.
    return known.map(shown).onFailure(failure -> loop.run(this::unbind));
  }

  @Override
  public void onUnbound(Runnable action) {
    loop.run(
        () -> {
          if (identity == null) {
            action.run();
          } else {
            whenUnbound = action;
          }
        });
  }

  /** Any thread. */
  @Override
  public void deliver(byte[][] frames) {
    loop.deliver(this, frames);
  }

  /** Frames of events, made once for all connections of this style. */
  void sendEvents(byte[][] frames) {
    if (receivesEvents) {
      for (byte[] frame : frames) {
        send(frame);
      }
      context.metrics().pushed(frames.length);
    }
  }

  void sendError(@Nullable String replyAddress, @Nullable String address, JovialException failure) {
    context.metrics().error();
    send(Frames.error(transport.style(), replyAddress, address, failure));
  }

  void send(byte[] frame) {
    if (state == State.OPEN && !outbound.write(frame)) {
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
    } else if (bound != null && context.cutOff().getAsBoolean()) {
      close(CloseReason.CUT_OFF);
    } else if (bound == null
        && !opening
        && nowMillis - openedAtMillis > context.limits().openTimeout().toMillis()) {
      close(CloseReason.NO_SESSION);
    } else if (nowMillis - heardAtMillis > 2 * context.pingInterval().toMillis()) {
      close(CloseReason.IDLE);
    } else if (outbound.isStalled(nowMillis)) {
      close(CloseReason.TOO_SLOW);
    }
  }

  /** Tells the client why, and closes; the sweep closes the channel if the client does not. */
  public void close(CloseReason reason) {
    assert loop.isCurrent();
    if (state != State.OPEN) {
      return;
    }
    context.metrics().closed(reason);
    LOG.debug("Closing {} of {}: {}", connectionId, transport.remoteAddress(), reason);
    if (receivesEvents && (reason == CloseReason.SESSION_ENDED || reason.isReconnect())) {
      SessionEvent event =
          reason.isReconnect()
              ? SessionEvent.reconnect(reason.detail())
              : SessionEvent.ended(reason.detail());
      transport.write(Frames.event(transport.style(), event));
    }
    if (!transport.style().hasCloseCodes()) {
      transport.write(Frames.closing(reason));
    }
    state = State.CLOSING;
    closingAtMillis = loop.nowMillis();
    unbind();
    resumeReading();
    transport.close(reason.closeCode(), reason.detail());
  }

  /** The channel is gone. */
  public void handleClosed() {
    if (state != State.CLOSED) {
      unbind();
      state = State.CLOSED;
      loop.remove(this);
      resumeReading();
    }
  }

  /** What Vert.x holds back of a paused connection is freed only by reading it. */
  private void resumeReading() {
    if (readingPaused) {
      readingPaused = false;
      transport.resumeReading();
    }
  }

  private void unbind() {
    receivesEvents = false;
    Runnable action = whenUnbound;
    whenUnbound = null;
    if (action != null) {
      action.run();
    }
    Identity bound = identity;
    if (bound != null) {
      identity = null;
      context.registry().unbind(this, bound);
    }
  }
}
