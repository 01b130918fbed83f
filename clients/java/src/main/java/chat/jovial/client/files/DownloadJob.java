package chat.jovial.client.files;

import chat.jovial.client.json.Json;
import chat.jovial.client.model.JovialException;
import chat.jovial.client.model.Progress;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Saves one file, on a thread for transfers: into a file beside the target, from where an earlier
 * try left off, and to the target when all of it is there and has the hash that the server knows.
 */
final class DownloadJob {
  /** Tries without a single byte between them, before the person is told. */
  private static final int MAX_TRIES = 5;

  private static final Duration WAIT = Duration.ofMillis(500);
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final long TOLD_EVERY_NANOS = 100_000_000;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int PARTIAL = 206;

  /** What only the executor can do. */
  interface Helper {
    String userToken() throws InterruptedException;

    /** Asks the server; fails as the client's requests do. */
    JsonNode ask(String operation, ObjectNode body) throws InterruptedException;
  }

  private final HttpFiles http;
  private final Helper helper;
  private final String fileId;
  private final Path target;
  private final Path part;
  private final Consumer<Progress> progress;
  private String fileToken;
  private @Nullable Long size;
  private boolean renewed;
  private long toldAt;

  DownloadJob(
      HttpFiles http, Helper helper, JsonNode body, Path target, Consumer<Progress> progress) {
    this.http = http;
    this.helper = helper;
    this.fileId = Json.required(body, "file_id");
    this.fileToken = Json.textOr(body, "file_token", "");
    this.size = Json.number(body, "size");
    this.target = target.toAbsolutePath();
    // Its id is in the name: what was fetched of another file is not taken for the beginning.
    this.part = this.target.resolveSibling(this.target.getFileName() + "." + fileId + ".part");
    this.progress = progress;
  }

  Path run() throws IOException, InterruptedException {
    String sha256 = knownHash();
    int tries = 0;
    while (true) {
      long before = held();
      try {
        fetch(before);
        break;
      } catch (JovialException e) {
        if (!mayTryAgain(e)) {
          throw e;
        }
        tries = held() > before ? 0 : tries + 1;
        giveUpAfter(tries, e);
      } catch (IOException e) {
        tries = held() > before ? 0 : tries + 1;
        giveUpAfter(
            tries,
            new JovialException(
                JovialException.OFFLINE, "the file cannot be fetched now: " + e.getMessage()));
      }
      TimeUnit.MILLISECONDS.sleep(WAIT.toMillis() * Math.max(1, tries));
    }
    check(sha256);
    Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    return target;
  }

  private static void giveUpAfter(int tries, JovialException failure) {
    if (tries >= MAX_TRIES) {
      throw failure;
    }
  }

  /** Null if the server does not say it now: then the length has to do. */
  private @Nullable String knownHash() throws InterruptedException {
    try {
      ObjectNode request = Json.object().put("file_id", fileId);
      if (!fileToken.isEmpty()) {
        request.put("file_token", fileToken);
      }
      JsonNode info = helper.ask("fss.file.get", request);
      size = Json.numberOr(info, "size", size == null ? 0 : size);
      return Json.text(info, "sha256");
    } catch (JovialException e) {
      return null;
    }
  }

  private boolean mayTryAgain(JovialException failure) throws InterruptedException {
    if ("forbidden".equals(failure.code()) && !renewed) {
      renewed = true;
      return renewFileToken();
    }
    return !failure.isDefinite();
  }

  /** The token in the message has ended: a member of its conversation may make another. */
  private boolean renewFileToken() throws InterruptedException {
    String conversationId = conversation();
    if (conversationId == null) {
      return false;
    }
    ObjectNode request = Json.object().put("file_id", fileId);
    request.putArray("access").add("read");
    request.putObject("grant").put("conversation_id", conversationId);
    try {
      fileToken = Json.required(helper.ask("fss.token.create", request), "file_token");
      return true;
    } catch (JovialException e) {
      return false;
    }
  }

  /** For which the token was made: it can be read by anybody, only not made. */
  private @Nullable String conversation() {
    try {
      String[] parts = fileToken.split("\\.", -1);
      JsonNode claims = Json.read(Base64.getUrlDecoder().decode(parts[1]));
      return Json.text(claims.path("grant"), "conversation_id");
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  private long held() throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  private void fetch(long from) throws IOException, InterruptedException {
    Long all = size;
    if (all != null && from == all && all > 0) {
      return;
    }
    HttpResponse<InputStream> response = http.get(helper.userToken(), fileId, fileToken, from);
    try (InputStream body = response.body()) {
      if (response.statusCode() == RANGE_NOT_SATISFIABLE) {
        Files.deleteIfExists(part);
        throw new IOException("the server has less of it than this device");
      }
      write(body, response.statusCode() == PARTIAL ? from : 0);
    }
    if (all != null && held() < all) {
      throw new IOException("the connection ended too early");
    }
  }

  private void write(InputStream body, long from) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (FileChannel out =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      out.truncate(from);
      out.position(from);
      long at = from;
      for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
        while (bytes.hasRemaining()) {
          at += out.write(bytes);
        }
        tell(at, false);
      }
      out.force(false);
      tell(at, true);
    }
  }

  private void tell(long bytes, boolean always) {
    long now = System.nanoTime();
    if (always || now - toldAt >= TOLD_EVERY_NANOS) {
      toldAt = now;
      Long all = size;
      progress.accept(new Progress(bytes, all == null ? bytes : all));
    }
  }

  private void check(@Nullable String sha256) throws IOException {
    if (sha256 == null) {
      return;
    }
    try (InputStream in = Files.newInputStream(part)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
      if (HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
        return;
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    Files.delete(part);
    throw new JovialException("internal", "the file came damaged and was thrown away; try again");
  }
}
