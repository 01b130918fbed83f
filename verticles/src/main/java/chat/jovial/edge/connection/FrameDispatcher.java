package chat.jovial.edge.connection;

import chat.jovial.contract.Access;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Json;
import chat.jovial.contract.Operation;
import chat.jovial.contract.Reply;
import chat.jovial.contract.Request;
import chat.jovial.edge.frames.FrameReader;
import chat.jovial.edge.frames.FrameStyle;
import chat.jovial.edge.frames.Frames;
import chat.jovial.edge.frames.InboundFrame;
import chat.jovial.edge.limits.RateLimiter;
import chat.jovial.edge.operations.ClientCall;
import chat.jovial.edge.operations.Identity;
import chat.jovial.edge.operations.OperationAuthorizer;
import chat.jovial.limits.LogThrottle;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dispatcher of frames by their type, and of requests to their operations. One for each node, any
 * thread; what it keeps of a connection is in the connection.
 */
public final class FrameDispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(FrameDispatcher.class);

  private static final LogThrottle FAILURES = new LogThrottle(5);

  private final OperationAuthorizer operations;

  public FrameDispatcher(OperationAuthorizer operations) {
    this.operations = operations;
  }

  /** On the connection's event loop; the bytes are not kept. */
  void handle(ClientConnection connection, byte[] json, int offset, int length) {
    long waitMillis = connection.checkRate();
    InboundFrame frame;
    try {
      frame = FrameReader.read(json, offset, length);
    } catch (IOException e) {
      connection.sendError(null, null, Json.refusal(e));
      return;
    }
    try {
      if (waitMillis > 0) {
        throw RateLimiter.refusal("requests on this connection", waitMillis);
      }
      dispatch(connection, frame);
    } catch (JovialException e) {
      connection.sendError(frame.replyAddress(), frame.address(), e);
    }
  }

  private void dispatch(ClientConnection connection, InboundFrame frame) {
    String problem = frame.problem();
    if (problem != null) {
      throw JovialException.invalid(problem);
    }
    String type = frame.type();
    if (type == null) {
      throw JovialException.invalid("type is missing");
    }
    String address = frame.address();
    switch (type) {
      case "send" -> handleSend(connection, frame);
      case "ping" -> handlePing(connection);
      case "register" -> handleRegister(connection, address);
      case "unregister" -> handleUnregister(connection, address);
      case "publish" ->
          connection.sendError(
              address,
              address,
              JovialException.forbidden("clients cannot publish; send to an operation instead"));
      default -> throw JovialException.invalid("there is no such type of frame");
    }
  }

  private static void handlePing(ClientConnection connection) {
    if (connection.style() == FrameStyle.TCP) {
      connection.send(Frames.pong());
    }
  }

  private static void handleRegister(ClientConnection connection, @Nullable String address) {
    if (!Frames.INBOX.equals(address)) {
      connection.sendError(
          address, address, JovialException.notFound("only 'inbox' can be registered"));
    } else if (connection.identity() == null) {
      connection.sendError(
          address, address, JovialException.unauthenticated("call session.open first"));
    } else {
      connection.receiveEvents(true);
    }
  }

  private static void handleUnregister(ClientConnection connection, @Nullable String address) {
    if (!Frames.INBOX.equals(address)) {
      connection.sendError(
          address, address, JovialException.notFound("only 'inbox' can be registered"));
    } else {
      connection.receiveEvents(false);
    }
  }

  private void handleSend(ClientConnection connection, InboundFrame frame) {
    Operation<?, ?> operation = OperationAuthorizer.operation(frame.address());
    operations.checkAddressRate(operation, connection.remoteAddress());
    String authorization = frame.authorization();
    Future<? extends Reply> reply =
        authorization != null && operation.access() == Access.USER
            ? operations
                .identify(authorization)
                .compose(shown -> call(connection, operation, frame, shown))
            : call(connection, operation, frame, connection.identity());
    answer(connection, frame, reply);
  }

  private Future<? extends Reply> call(
      ClientConnection connection,
      Operation<?, ?> operation,
      InboundFrame frame,
      @Nullable Identity as) {
    ClientCall call = operations.authorize(operation, as, connection, connection.remoteAddress());
    Request request = frame.request();
    if (request == null) {
      request = OperationAuthorizer.bind(frame.body(), operation.request(), frame.appKey());
    }
    return operations.call(operation, call, request);
  }

  /** Sends the outcome when it is there; meanwhile the request counts as in flight. */
  private static void answer(
      ClientConnection connection, InboundFrame frame, Future<? extends Reply> reply) {
    String replyAddress = frame.replyAddress();
    String address = frame.address();
    connection.requestBegun();
    reply.onComplete(
        outcome ->
            connection
                .loop()
                .run(
                    () -> {
                      try {
                        handleOutcome(connection, replyAddress, address, outcome);
                      } catch (RuntimeException e) {
                        connection.fail(e);
                      }
                      connection.requestAnswered();
                    }));
  }

  private static void handleOutcome(
      ClientConnection connection,
      @Nullable String replyAddress,
      @Nullable String address,
      AsyncResult<? extends Reply> outcome) {
    if (outcome.failed()) {
      Throwable failure = outcome.cause();
      if (!(failure instanceof JovialException) && FAILURES.allows()) {
        LOG.error("{} failed at the edge", address, failure);
      }
      connection.sendError(replyAddress, address, JovialException.of(failure));
    } else if (replyAddress != null) {
      byte[] body = Json.write(outcome.result());
      connection.send(Frames.message(connection.style(), replyAddress, body));
    }
  }
}
