package chat.jovial.bench.files;

import chat.jovial.bench.chaos.device.Api;
import chat.jovial.contract.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.UUID;

/**
 * A user who sends files and fetches them, with one {@link HttpLine} for each. Checks every byte
 * that comes back. Blocks; safe to use from any thread.
 */
public final class FileClient {
  private static final String OCTETS = "application/octet-stream";

  /** Longer than any run. */
  private static final int TOKEN_SECONDS = 24 * 3600;

  private final FileBytes bytes;
  private final String userToken;

  private FileClient(FileBytes bytes, String userToken) {
    this.bytes = bytes;
    this.userToken = userToken;
  }

  /** Registers an app and a user of it. */
  public static FileClient logIn(URI server, FileBytes bytes)
      throws IOException, InterruptedException {
    Api api = new Api(server);
    String run = UUID.randomUUID().toString();
    return new FileClient(bytes, api.login(api.register("files " + run), run).userToken());
  }

  /** A file that is stored, and what lets its sender read it. */
  public record StoredFile(int number, String fileId, String fileToken) {
    String path() {
      return "/files/" + fileId + "?token=" + fileToken;
    }
  }

  String authorization() {
    return "Bearer " + userToken;
  }

  FileBytes bytes() {
    return bytes;
  }

  /** Sends a file in one request and gives its id; the server must have hashed the same bytes. */
  public String upload(HttpLine line, int number) throws IOException {
    line.request(
        "POST",
        "/files?name=bench-" + number + ".bin",
        Map.of(
            "Authorization", authorization(),
            "Content-Type", OCTETS,
            "Content-Length", Integer.toString(bytes.size())));
    line.write(bytes.array(), bytes.begin(number), bytes.size());
    HttpLine.Head head = line.head();
    String reply = line.text(head);
    if (head.status() != 201) {
      throw new IOException("An upload was answered " + head.status() + ": " + reply);
    }
    JsonNode info = Json.MAPPER.readTree(reply);
    checkHash(number, info.path("sha256").asText());
    return info.path("file_id").asText();
  }

  void checkHash(int number, String sha256) throws IOException {
    if (!sha256.equals(bytes.sha256(number))) {
      throw new WrongBytes("The server has another SHA-256 of file " + number + ": " + sha256);
    }
  }

  /** Fetches all of a file, or of what another server has under that path. */
  public void download(HttpLine line, int number, String path) throws IOException {
    fetch(line, number, path, 0, bytes.size());
  }

  /**
   * Fetches a part of a file.
   *
   * @return nanoseconds from the request to the response's first byte
   */
  long fetch(HttpLine line, int number, String path, int from, int length) throws IOException {
    Map<String, String> headers =
        length == bytes.size()
            ? Map.of("Authorization", authorization())
            : Map.of(
                "Authorization",
                authorization(),
                "Range",
                "bytes=" + from + "-" + (from + length - 1));
    long begin = System.nanoTime();
    line.request("GET", path, headers);
    HttpLine.Head head = line.head();
    if (head.status() != 200 && head.status() != 206) {
      throw new IOException("A download was answered " + head.status() + ": " + line.text(head));
    }
    if (Integer.parseInt(head.header("content-length")) != length) {
      throw new WrongBytes("File " + number + " has come back with another length");
    }
    long[] first = {0};
    line.body(
        head,
        (at, piece, offset, count) -> {
          if (at == 0) {
            first[0] = System.nanoTime();
          }
          if (!bytes.matches(number, from + at, piece, offset, count)) {
            throw new WrongBytes("File " + number + " has come back different at " + (from + at));
          }
        });
    return first[0] - begin;
  }

  /** Lets every user of the app read the file for as long as a run lasts. */
  public StoredFile share(URI server, int number, String fileId)
      throws IOException, InterruptedException {
    ObjectNode request = Json.MAPPER.createObjectNode().put("file_id", fileId);
    request.putArray("access").add("read");
    request.putObject("grant").put("app", true);
    request.put("expires_in", TOKEN_SECONDS);
    JsonNode reply = new Api(server).call("fss.token.create", request, userToken);
    return new StoredFile(number, fileId, reply.path("file_token").asText());
  }

  /** What the server says of a complete file. */
  JsonNode info(URI server, String fileId) throws IOException, InterruptedException {
    return new Api(server)
        .call("fss.file.get", Json.MAPPER.createObjectNode().put("file_id", fileId), userToken);
  }

  static InetSocketAddress address(URI server) {
    return InetSocketAddress.createUnresolved(server.getHost(), server.getPort());
  }

  /** A promise was broken, rather than a connection. */
  static final class WrongBytes extends IOException {
    private static final long serialVersionUID = 1;

    WrongBytes(String message) {
      super(message);
    }
  }
}
