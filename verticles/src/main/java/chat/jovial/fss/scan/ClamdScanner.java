package chat.jovial.fss.scan;

import chat.jovial.contract.fss.Chunks;
import chat.jovial.contract.fss.FilePlace;
import chat.jovial.contract.fss.ReadChunk;
import chat.jovial.fss.chunk.FileBytes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;

/**
 * Client of ClamAV's daemon, by its INSTREAM command: {@code zINSTREAM\0}, then pieces of a length
 * (int32, big-endian) and bytes, a length of 0 at the end; it answers {@code stream: OK} or {@code
 * stream: NAME FOUND}, ended by a zero byte (clamd's manual page).
 */
public final class ClamdScanner implements MalwareScanner {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final int MAX_ANSWER_BYTES = 4096;
  private static final String PREFIX = "stream: ";
  private static final String FOUND = " FOUND";

  private final Vertx vertx;
  private final NetClient net;
  private final SocketAddress address;
  private final FileBytes bytes;
  private final Duration answerTimeout;

  public ClamdScanner(Vertx vertx, SocketAddress address, FileBytes bytes, Duration answerTimeout) {
    this.vertx = vertx;
    this.address = address;
    this.bytes = bytes;
    this.answerTimeout = answerTimeout;
    this.net =
        vertx.createNetClient(
            new NetClientOptions().setConnectTimeout((int) CONNECT_TIMEOUT.toMillis()));
  }

  @Override
  public Future<Verdict> scan(String fileId, FilePlace place, long size) {
    return net.connect(address)
        .compose(
            socket -> {
              Promise<Verdict> verdict = Promise.promise();
              listen(socket, verdict);
              socket
                  .write("zINSTREAM\0")
                  .compose(begun -> send(socket, fileId, place, 0, Chunks.of(size)))
                  .compose(sent -> socket.write(Buffer.buffer().appendInt(0)))
                  .onSuccess(sent -> giveUpLater(verdict))
                  .onFailure(verdict::tryFail);
              return verdict.future().onComplete(done -> socket.close());
            });
  }

  private Future<Void> send(
      NetSocket socket, String fileId, FilePlace place, int chunk, int chunks) {
    if (chunk == chunks) {
      return Future.succeededFuture();
    }
    // Each is written before the next is read, so one chunk at a time is in memory.
    return bytes
        .read(new ReadChunk(fileId, place, chunk))
        .compose(
            read ->
                socket.write(Buffer.buffer().appendInt(read.length()).appendBytes(read.array())))
        .compose(written -> send(socket, fileId, place, chunk + 1, chunks));
  }

  private static void listen(NetSocket socket, Promise<Verdict> verdict) {
    Buffer answer = Buffer.buffer();
    socket
        .handler(
            part -> {
              answer.appendBuffer(part);
              if (answer.getByte(answer.length() - 1) == 0) {
                verdictOf(answer.getString(0, answer.length() - 1), verdict);
              } else if (answer.length() > MAX_ANSWER_BYTES) {
                verdict.tryFail("the malware scanner's answer has no end");
              }
            })
        .closeHandler(closed -> verdict.tryFail("the malware scanner has hung up"))
        .exceptionHandler(verdict::tryFail);
  }

  private static void verdictOf(String answer, Promise<Verdict> verdict) {
    if (answer.equals(PREFIX + "OK")) {
      verdict.tryComplete(new Verdict.Clean());
    } else if (answer.startsWith(PREFIX) && answer.endsWith(FOUND)) {
      verdict.tryComplete(
          new Verdict.Infected(
              answer.substring(PREFIX.length(), answer.length() - FOUND.length())));
    } else {
      verdict.tryFail("the malware scanner says: " + answer);
    }
  }

  private void giveUpLater(Promise<Verdict> verdict) {
    long timer =
        vertx.setTimer(
            answerTimeout.toMillis(),
            over -> verdict.tryFail("the malware scanner does not answer"));
    verdict.future().onComplete(done -> vertx.cancelTimer(timer));
  }
}
