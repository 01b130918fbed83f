package chat.jovial.bench.files;

import chat.jovial.bench.files.FileClient.WrongBytes;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One file on its way by tus 1.0, slowly, over one connection after the other. An {@link
 * IOException} says nothing of the upload: ask again, anywhere. One thread.
 */
final class TusUpload {
  private static final String PATH = "/files/tus";
  private static final int PIECE_BYTES = 16 * 1024;
  private static final int GONE = 410;
  private static final int NOT_FOUND = 404;

  private final FileClient client;
  private final int number;
  private final int bytesPerSecond;
  private @Nullable String path;

  TusUpload(FileClient client, int number, int bytesPerSecond) {
    this.client = client;
    this.number = number;
    this.bytesPerSecond = bytesPerSecond;
  }

  /** Is told what a connection carries. */
  interface Watcher {
    void begun();

    void ended();
  }

  /** Goes on from where the server is; true when it has all of it. */
  boolean goOn(HttpLine line, Watcher watcher) throws IOException, InterruptedException {
    int size = client.bytes().size();
    if (path == null) {
      create(line);
    }
    int offset = offset(line);
    if (offset < size) {
      offset = send(line, offset, watcher);
    }
    return offset == size;
  }

  String fileId() {
    if (path == null) {
      throw new IllegalStateException("it was never created");
    }
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private void create(HttpLine line) throws IOException {
    line.request(
        "POST",
        PATH,
        headers(
            Map.of(
                "Upload-Length", Integer.toString(client.bytes().size()), "Content-Length", "0")));
    HttpLine.Head head = line.head();
    String reply = line.text(head);
    if (head.status() != 201) {
      throw new IOException("An upload was not begun: " + head.status() + " " + reply);
    }
    String location = head.header("location");
    path = location.substring(location.indexOf(PATH));
  }

  private int offset(HttpLine line) throws IOException {
    line.request("HEAD", path(), headers(Map.of()));
    HttpLine.Head head = line.head();
    if (head.status() == NOT_FOUND || head.status() == GONE) {
      throw new WrongBytes("Upload " + fileId() + " was lost: " + head.status());
    }
    if (head.status() != 200 && head.status() != 204) {
      throw new IOException("The server does not say how far it is: " + head.status());
    }
    return Integer.parseInt(head.header("upload-offset"));
  }

  private int send(HttpLine line, int offset, Watcher watcher)
      throws IOException, InterruptedException {
    FileBytes bytes = client.bytes();
    int left = bytes.size() - offset;
    line.request(
        "PATCH",
        path(),
        headers(
            Map.of(
                "Upload-Offset", Integer.toString(offset),
                "Content-Type", "application/offset+octet-stream",
                "Content-Length", Integer.toString(left))));
    long begin = System.nanoTime();
    watcher.begun();
    try {
      for (int at = 0; at < left && !line.hasAnswer(); at += PIECE_BYTES) {
        long due = begin + TimeUnit.SECONDS.toNanos(at) / bytesPerSecond;
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        line.write(
            bytes.array(), bytes.begin(number) + offset + at, Math.min(PIECE_BYTES, left - at));
      }
    } finally {
      watcher.ended();
    }
    HttpLine.Head head = line.head();
    String reply = line.text(head);
    if (head.status() != 204) {
      throw new IOException("A part of an upload was answered " + head.status() + ": " + reply);
    }
    return Integer.parseInt(head.header("upload-offset"));
  }

  private String path() {
    if (path == null) {
      throw new IllegalStateException("it was never created");
    }
    return path;
  }

  private Map<String, String> headers(Map<String, String> more) {
    Map<String, String> headers = new HashMap<>(more);
    headers.put("Authorization", client.authorization());
    headers.put("Tus-Resumable", "1.0.0");
    return headers;
  }
}
