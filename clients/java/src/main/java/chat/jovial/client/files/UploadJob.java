package chat.jovial.client.files;

import chat.jovial.client.model.JovialException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;

/**
 * Job of one attempt to upload a file, from wherever the server is, on a thread for transfers. Ends
 * with the first failure; the executor decides when there is another attempt.
 */
final class UploadJob implements Runnable {
  /** Of one request. What a request has brought counts even if its answer is lost. */
  private static final long PIECE_BYTES = 8L * 1024 * 1024;

  /** Is told on the job's thread. */
  interface Listener {
    /** The server is so far. */
    void handleMoved(UploadState state);

    /** So many bytes have left. */
    void handleSent(long sent);

    void handleUp(String fileId);

    void handleFailed(JovialException failure);
  }

  private final HttpFiles http;
  private final String userToken;
  private final Listener listener;
  private UploadState state;
  private volatile boolean stopped;

  UploadJob(HttpFiles http, String userToken, UploadState state, Listener listener) {
    this.http = http;
    this.userToken = userToken;
    this.state = state;
    this.listener = listener;
  }

  /** Any thread: the request in progress breaks off. */
  void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    try {
      checkSource();
      String url = begin();
      while (state.sent() < state.size()) {
        move(url, sendPiece(url));
      }
      checkSource();
      listener.handleUp(url.substring(url.lastIndexOf('/') + 1));
    } catch (JovialException e) {
      listener.handleFailed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      listener.handleFailed(new JovialException("try_again", "interrupted"));
    } catch (IOException | RuntimeException e) {
      listener.handleFailed(
          new JovialException("try_again", "the upload was interrupted: " + e.getMessage()));
    }
  }

  private void checkSource() {
    String why = state.whyNotTheSame();
    if (why != null) {
      throw new JovialException("gone", why);
    }
  }

  /** Where the server says that it is; from the beginning if it has given the upload up. */
  private String begin() throws IOException, InterruptedException {
    String known = state.url();
    if (known != null) {
      OptionalLong offset = http.offset(userToken, known);
      if (offset.isPresent()) {
        move(known, offset.getAsLong());
        return known;
      }
    }
    String url = http.create(userToken, state);
    move(url, 0);
    return url;
  }

  private void move(String url, long offset) {
    state = state.at(url, offset);
    listener.handleMoved(state);
  }

  private long sendPiece(String url) throws IOException, InterruptedException {
    long from = state.sent();
    long count = Math.min(PIECE_BYTES, state.size() - from);
    try (FileChannel file = FileChannel.open(state.path(), StandardOpenOption.READ)) {
      file.position(from);
      try (InputStream piece = new Piece(Channels.newInputStream(file), from, count)) {
        return http.append(userToken, url, from, piece, count);
      }
    }
  }

  /** A part of the file, read only as far as it goes, and not at all once it is stopped. */
  private final class Piece extends FilterInputStream {
    private long at;
    private final long end;

    Piece(InputStream file, long from, long count) {
      super(file);
      this.at = from;
      this.end = from + count;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (stopped) {
        throw new IOException("stopped");
      }
      if (at >= end) {
        return -1;
      }
      int count = super.read(bytes, offset, (int) Math.min(length, end - at));
      if (count < 0) {
        throw new IOException("the file became shorter");
      }
      at += count;
      listener.handleSent(at);
      return count;
    }
  }
}
