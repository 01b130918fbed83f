package chat.jovial.edge.files;

import chat.jovial.contract.FssOperations;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.fss.ChunkBytes;
import chat.jovial.contract.fss.Chunks;
import chat.jovial.contract.fss.ReadChunk;
import chat.jovial.contract.fss.WriteChunk;
import chat.jovial.limits.ConcurrencyLimiter;
import chat.jovial.memory.ReusedArrays;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;

/** Calls that write and read chunks, few at a time for the whole node. Any thread. */
public final class ChunkCalls {
  /** Keeps two cores and a disk busy; messages wait behind no more than this. */
  private static final int MAX_WRITES = 8;

  /**
   * Two for each core, and some for a store that is elsewhere: a chunk that is read before its
   * reader can take it has left the processor's cache by then.
   */
  private static final int MAX_READS = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

  /** 32 MiB: two on their way and one being filled, for twenty uploads at once. */
  private static final int MAX_ARRAYS = 64;

  private final FileAccessGateway gateway;
  private final RetryingFileClient client;
  private final ConcurrencyLimiter writes;
  private final ConcurrencyLimiter reads;
  private final ReusedArrays arrays = new ReusedArrays(Chunks.SIZE, MAX_ARRAYS);

  /**
   * @param maxWaitingWrites what all uploads may have waiting, so that none of theirs is refused
   * @param maxWaitingReads the same for downloads
   */
  public ChunkCalls(
      FileAccessGateway gateway,
      RetryingFileClient client,
      int maxWaitingWrites,
      int maxWaitingReads,
      MeterRegistry registry) {
    this.gateway = gateway;
    this.client = client;
    this.writes = new ConcurrencyLimiter("chunk writes", MAX_WRITES, maxWaitingWrites, registry);
    this.reads = new ConcurrencyLimiter("chunk reads", MAX_READS, maxWaitingReads, registry);
  }

  /** An array to be filled and given to {@link #write}, which takes it back. */
  public byte[] array() {
    return arrays.acquire();
  }

  public Future<Nothing> write(WriteChunk request) {
    return writes.run(
        () ->
            gateway
                .ask(FssOperations.WRITE_CHUNK, request)
                // Not after a failure: who was asked may be reading the array still.
                .onSuccess(done -> arrays.release(request.bytes().array()))
                .recover(failure -> client.askAgain(FssOperations.WRITE_CHUNK, request, failure)));
  }

  public Future<ChunkBytes> read(ReadChunk request) {
    return reads.run(() -> client.ask(FssOperations.READ_CHUNK, request));
  }
}
