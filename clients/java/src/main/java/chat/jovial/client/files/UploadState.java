package chat.jovial.client.files;

import chat.jovial.client.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * State of an upload: what it needs to go on after a restart.
 *
 * @param modifiedMillis when the file was changed last, when it was queued
 * @param url where the server takes it; null before it was asked
 * @param sent bytes that the server is known to have
 */
public record UploadState(
    Path path,
    long size,
    long modifiedMillis,
    String name,
    String mimeType,
    String userId,
    @Nullable String url,
    long sent,
    boolean paused) {

  public static UploadState parse(String text) {
    JsonNode json = Json.read(text);
    return new UploadState(
        Path.of(Json.required(json, "path")),
        Json.numberOr(json, "size", 0),
        Json.numberOr(json, "modified", 0),
        Json.required(json, "name"),
        Json.required(json, "mime_type"),
        Json.required(json, "user_id"),
        Json.text(json, "url"),
        Json.numberOr(json, "sent", 0),
        json.path("paused").asBoolean());
  }

  /** As the outbox keeps it. */
  public String json() {
    ObjectNode json =
        Json.object()
            .put("path", path.toString())
            .put("size", size)
            .put("modified", modifiedMillis)
            .put("name", name)
            .put("mime_type", mimeType)
            .put("user_id", userId)
            .put("sent", sent)
            .put("paused", paused);
    Json.putText(json, "url", url);
    return json.toString();
  }

  public UploadState at(@Nullable String nextUrl, long nextSent) {
    return new UploadState(
        path, size, modifiedMillis, name, mimeType, userId, nextUrl, nextSent, paused);
  }

  public UploadState paused(boolean nextPaused) {
    return new UploadState(
        path, size, modifiedMillis, name, mimeType, userId, url, sent, nextPaused);
  }

  /** Why the file is not the one that was queued; null if it is. */
  @Nullable String whyNotTheSame() {
    try {
      if (!Files.isRegularFile(path)) {
        return "the file " + path + " is gone";
      }
      return Files.size(path) == size
              && Files.getLastModifiedTime(path).toMillis() == modifiedMillis
          ? null
          : "the file " + path + " was changed before it was sent";
    } catch (IOException e) {
      return "the file " + path + " cannot be read: " + e.getMessage();
    }
  }
}
