package chat.jovial.edge.files;

import chat.jovial.contract.Catalogue;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.Operation;
import chat.jovial.contract.Reply;
import chat.jovial.contract.Request;
import chat.jovial.contract.fss.ChunkBytes;
import chat.jovial.contract.fss.Chunks;
import chat.jovial.contract.fss.ReadChunk;
import chat.jovial.contract.fss.WriteChunk;
import chat.jovial.memory.ReusedArrays;
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

  /** 32 MiB: two on their way and one being filled, for twenty uploads at once. */
  private static final int MAX_ARRAYS = 64;

  private static final int MAX_TRIES = 6;

  /** Doubled at each try: six seconds together, beside the time that the tries take. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private final Vertx vertx;
  private final FilesDoor door;
  private final StoreGate writes;
  private final StoreGate reads;
  private final ReusedArrays arrays = new ReusedArrays(Chunks.SIZE, MAX_ARRAYS);

  ChunkCalls(Vertx vertx, FilesDoor door) {
    this.vertx = vertx;
    this.door = door;
    this.writes = new StoreGate(vertx, MAX_WRITES);
    this.reads = new StoreGate(vertx, MAX_READS);
  }

  /** An array to be filled and given to {@link #write}, which takes it back. */
  byte[] array() {
    return arrays.take();
  }

  Future<Nothing> write(WriteChunk request) {
    return writes.run(
        () ->
            door.ask(Catalogue.WRITE_CHUNK, request)
                // Not after a failure: who was asked may be reading the array still.
                .onSuccess(done -> arrays.giveBack(request.bytes().array()))
                .recover(failure -> askAgain(Catalogue.WRITE_CHUNK, request, 1, failure)));
  }

  Future<ChunkBytes> read(ReadChunk request) {
    return reads.run(
        () ->
            door.ask(Catalogue.READ_CHUNK, request)
                .recover(failure -> askAgain(Catalogue.READ_CHUNK, request, 1, failure)));
  }

  private <Q extends Request, R extends Reply> Future<R> askAgain(
      Operation<Q, R> operation, Q request, int tried, Throwable failure) {
    if (tried == MAX_TRIES || !JovialException.of(failure).code().retryable()) {
      return Future.failedFuture(failure);
    }
    return vertx
        .timer(FIRST_PAUSE.toMillis() << (tried - 1), TimeUnit.MILLISECONDS)
        .compose(waited -> door.ask(operation, request))
        .recover(again -> askAgain(operation, request, tried + 1, again));
  }
}
