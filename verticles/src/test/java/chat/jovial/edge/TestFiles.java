package chat.jovial.edge;

import chat.jovial.contract.Bytes;
import chat.jovial.contract.FssOperations;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Service;
import chat.jovial.contract.bus.Call;
import chat.jovial.contract.fss.ChunkBytes;
import chat.jovial.contract.fss.Chunks;
import chat.jovial.contract.fss.FileInfo;
import chat.jovial.contract.fss.FilePlace;
import chat.jovial.contract.fss.GetStoredFile;
import chat.jovial.contract.fss.ReadChunk;
import chat.jovial.contract.fss.StoredFile;
import chat.jovial.contract.fss.Thumbnail;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Stands in for FSS on the bus. Every byte of a file follows from its place in it. */
final class TestFiles {
  /** Prime, so that no two chunks are alike. */
  private static final int PERIOD = 251;

  private final Map<String, StoredFile> files = new ConcurrentHashMap<>();
  private final Queue<Message<Call>> held = new ConcurrentLinkedQueue<>();
  private volatile boolean holding;
  private volatile int chunksAsked;

  /** From this chunk on the store fails. */
  private volatile int failingFrom = Integer.MAX_VALUE;

  TestFiles(Vertx vertx) {
    vertx.eventBus().<Call>localConsumer(Service.FSS.address(), this::answer);
  }

  void add(String fileId, String appId, long size, @Nullable String name, boolean checking) {
    FileInfo info =
        new FileInfo(
            fileId,
            "sender",
            null,
            name,
            "application/octet-stream",
            size,
            "hash-" + fileId,
            Instant.EPOCH,
            null,
            null,
            checking ? Boolean.TRUE : null);
    files.put(fileId, new StoredFile(new FilePlace(appId, null, "sender"), info));
  }

  /** What a reader must get of it. */
  static byte[] bytes(long from, long to) {
    byte[] bytes = new byte[Math.toIntExact(to - from)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ((from + i) % PERIOD);
    }
    return bytes;
  }

  /** Chunks are answered when they are released, not before. */
  void hold() {
    holding = true;
  }

  int held() {
    return held.size();
  }

  /** Answers one that is held, if there is one. */
  boolean answerOne() {
    Message<Call> first = held.poll();
    if (first != null) {
      answerChunk(first);
    }
    return first != null;
  }

  /** Answers all that are held, and from now on at once. */
  void release() {
    holding = false;
    while (answerOne()) {}
  }

  void failFrom(int chunk) {
    failingFrom = chunk;
  }

  int chunksAsked() {
    return chunksAsked;
  }

  private void answer(Message<Call> message) {
    Call call = message.body();
    if (call.request() instanceof GetStoredFile find) {
      StoredFile found = files.get(find.fileId());
      message.reply(found == null ? JovialException.notFound("there is no such file") : found);
    } else if (call.operation() == FssOperations.READ_CHUNK) {
      synchronized (this) {
        chunksAsked++;
      }
      if (holding) {
        held.add(message);
      } else {
        answerChunk(message);
      }
    } else if (call.operation() == FssOperations.THUMBNAIL_READ) {
      message.reply(new Thumbnail("image/png", Bytes.of(new byte[] {1, 2, 3})));
    } else {
      message.reply(JovialException.notFound("the test has no such operation"));
    }
  }

  private void answerChunk(Message<Call> message) {
    ReadChunk read = (ReadChunk) message.body().request();
    StoredFile file = files.get(read.fileId());
    long from = (long) read.chunk() * Chunks.SIZE;
    if (file == null || read.chunk() >= failingFrom || from >= file.info().size()) {
      message.reply(JovialException.gone("this file was deleted while it was read"));
    } else {
      message.reply(
          new ChunkBytes(Bytes.of(bytes(from, Math.min(from + Chunks.SIZE, file.info().size())))));
    }
  }
}
