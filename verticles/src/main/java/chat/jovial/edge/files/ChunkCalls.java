package chat.jovial.edge.files;

import chat.jovial.contract.Catalogue;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.Operation;
import chat.jovial.contract.Reply;
import chat.jovial.contract.Request;
import chat.jovial.contract.fss.ChunkBytes;
import chat.jovial.contract.fss.ReadChunk;
import chat.jovial.contract.fss.WriteChunk;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Chunks on their way to the store and back, few at a time for the whole node. A store that is away
 * for some seconds is waited for: the same chunk may be written twice. Any thread.
 */
final class ChunkCalls {
  /** Keeps two cores and a disk busy; messages wait behind no more than this. */
  private static final int MAX_WRITES = 8;

  private static final int MAX_READS = 16;

  private static final int MAX_TRIES = 6;

  /** Doubled at each try: six seconds together, beside the time that the tries take. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private final Vertx vertx;
  private final FilesDoor door;
  private final StoreGate writes;
  private final StoreGate reads;

  ChunkCalls(Vertx vertx, FilesDoor door) {
    this.vertx = vertx;
    this.door = door;
    this.writes = new StoreGate(vertx, MAX_WRITES);
    this.reads = new StoreGate(vertx, MAX_READS);
  }

  Future<Nothing> write(WriteChunk request) {
    return writes.run(() -> ask(Catalogue.WRITE_CHUNK, request, 1));
  }

  Future<ChunkBytes> read(ReadChunk request) {
    return reads.run(() -> ask(Catalogue.READ_CHUNK, request, 1));
  }

  private <Q extends Request, R extends Reply> Future<R> ask(
      Operation<Q, R> operation, Q request, int tries) {
    return door.ask(operation, request)
        .recover(
            failure ->
                tries < MAX_TRIES && JovialException.of(failure).code().retryable()
                    ? vertx
                        .timer(FIRST_PAUSE.toMillis() << (tries - 1), TimeUnit.MILLISECONDS)
                        .compose(waited -> ask(operation, request, tries + 1))
                    : Future.failedFuture(failure));
  }
}
