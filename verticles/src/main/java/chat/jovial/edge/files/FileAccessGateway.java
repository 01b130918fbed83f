package chat.jovial.edge.files;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Operation;
import chat.jovial.contract.Reply;
import chat.jovial.contract.Request;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;

/** Gateway through which requests about files are authorized, limited and answered. */
public interface FileAccessGateway {
  /** Whose bearer token a request shows; fails if it shows none, or they ask too often. */
  Future<Caller> userOf(HttpServerRequest request);

  /** The same, and whose token its cookie holds if it shows none: for what changes nothing. */
  Future<Caller> readerOf(HttpServerRequest request);

  /** The bearer token itself, verified as above. */
  Future<ShownToken> tokenOf(HttpServerRequest request);

  /** A user_token, and when it expires. */
  record ShownToken(String text, Instant expiresAt) {}

  /** Asks a service on the edge's own account, after who asks was checked. */
  <Q extends Request, R extends Reply> Future<R> ask(Operation<Q, R> operation, Q request);

  /** Answers with a problem, and logs what was not the client's fault. */
  void refuse(HttpServerRequest request, Throwable failure);

  /**
   * The same with a status that only HTTP has.
   *
   * @param status instead of the one of the failure's code
   */
  void refuse(HttpServerRequest request, int status, Throwable failure);
}
