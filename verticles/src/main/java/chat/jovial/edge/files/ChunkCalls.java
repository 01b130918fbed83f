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

/** Chunks on their way to the store and back, few at a time for the whole node. Any thread. */
final class ChunkCalls {
  /** Keeps two cores and a disk busy; messages wait behind no more than this. */
  private static final int MAX_WRITES = 8;

  /**
   * Two for each core, and some for a store that is elsewhere: a chunk that is read before its
   * reader can take it has left the processor's cache by then.
   */
  private static final int MAX_READS = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

  /** 32 MiB: two on their way and one being filled, for twenty uploads at once. */
  private static final int MAX_ARRAYS = 64;

  private final FilesDoor door;
  private final PatientDoor patient;
  private final ConcurrencyLimiter writes;
  private final ConcurrencyLimiter reads;
  private final ReusedArrays arrays = new ReusedArrays(Chunks.SIZE, MAX_ARRAYS);

  /**
   * @param maxWaitingWrites what all uploads may have waiting, so that none of theirs is refused
   * @param maxWaitingReads the same for downloads
   */
  ChunkCalls(
      FilesDoor door,
      PatientDoor patient,
      int maxWaitingWrites,
      int maxWaitingReads,
      MeterRegistry registry) {
    this.door = door;
    this.patient = patient;
    this.writes = new ConcurrencyLimiter("chunk writes", MAX_WRITES, maxWaitingWrites, registry);
    this.reads = new ConcurrencyLimiter("chunk reads", MAX_READS, maxWaitingReads, registry);
  }

  /** An array to be filled and given to {@link #write}, which takes it back. */
  byte[] array() {
    return arrays.take();
  }

  Future<Nothing> write(WriteChunk request) {
    return writes.run(
        () ->
            door.ask(FssOperations.WRITE_CHUNK, request)
                // Not after a failure: who was asked may be reading the array still.
                .onSuccess(done -> arrays.giveBack(request.bytes().array()))
                .recover(failure -> patient.askAgain(FssOperations.WRITE_CHUNK, request, failure)));
  }

  Future<ChunkBytes> read(ReadChunk request) {
    return reads.run(() -> patient.ask(FssOperations.READ_CHUNK, request));
  }
}
