package chat.jovial.client.files;

import chat.jovial.client.json.Json;
import chat.jovial.client.model.FileOptions;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Factory of the state and body of a file that is queued. Reads its attributes. */
public final class OutgoingFile {
  private static final String ANY = "application/octet-stream";

  private OutgoingFile() {}

  /**
   * @throws IllegalArgumentException if it cannot be sent, with what a person should be told
   */
  public static UploadState state(Path source, FileOptions options, String userId) {
    Path path = source.toAbsolutePath().normalize();
    if (Files.isDirectory(path)) {
      throw new IllegalArgumentException(path + " is a folder; only files can be sent.");
    }
    if (!Files.exists(path)) {
      throw new IllegalArgumentException("There is no file " + path + ".");
    }
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw new IllegalArgumentException("The file " + path + " cannot be read.");
    }
    try {
      String given = options.mimeType();
      String guessed = given == null ? Files.probeContentType(path) : given;
      String name = options.name();
      return new UploadState(
          path,
          Files.size(path),
          Files.getLastModifiedTime(path).toMillis(),
          name == null ? String.valueOf(path.getFileName()) : name,
          guessed == null ? ANY : guessed,
          userId,
          null,
          0,
          false);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "The file " + path + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The body of its message, as far as it is known before the file is up. */
  public static ObjectNode body(UploadState file, FileOptions options) {
    ObjectNode body =
        Json.object()
            .put("type", "file")
            .put("name", file.name())
            .put("size", file.size())
            .put("mime_type", file.mimeType());
    Json.putText(body, "text", options.text());
    Duration duration = options.duration();
    Json.putNumber(body, "duration_ms", duration == null ? null : (Long) duration.toMillis());
    if (options.voice()) {
      body.put("voice", true);
    }
    return body;
  }
}
