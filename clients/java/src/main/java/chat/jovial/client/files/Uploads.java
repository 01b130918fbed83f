package chat.jovial.client.files;

import chat.jovial.client.executor.SerialExecutor;
import chat.jovial.client.model.JovialException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registry of the upload attempts in progress, one for each message. Confined to the executor; the
 * attempts run on threads for transfers and are heard on the executor.
 */
public final class Uploads {
  private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);

  /** Progress is told no more often. */
  private static final long TOLD_EVERY_NANOS = 100_000_000;

  /** Is told on the executor, and nothing of an attempt that was stopped. */
  public interface Follower {
    void handleMoved(String clientId, UploadState state);

    void handleSent(String clientId, long sent);

    void handleUp(String clientId, String fileId);

    void handleUploadFailed(String clientId, JovialException failure);
  }

  private final SerialExecutor executor;
  private final HttpFiles http;
  private final ExecutorService transfers;
  private final Map<String, UploadJob> running = new HashMap<>();

  Uploads(SerialExecutor executor, HttpFiles http, ExecutorService transfers) {
    this.executor = executor;
    this.http = http;
    this.transfers = transfers;
  }

  /** Begins an attempt unless one is in progress. */
  public void begin(String clientId, UploadState state, String userToken, Follower follower) {
    if (running.containsKey(clientId)) {
      return;
    }
    Told told = new Told(clientId, follower);
    UploadJob job = new UploadJob(http, userToken, state, told);
    told.job = job;
    running.put(clientId, job);
    try {
      transfers.execute(job);
    } catch (RejectedExecutionException e) {
      told.handleFailed(new JovialException("try_again", "too many transfers wait on this device"));
    }
  }

  public boolean isRunning(String clientId) {
    return running.containsKey(clientId);
  }

  /** Breaks an attempt off; nothing more is heard of it. */
  public void stop(String clientId) {
    UploadJob job = running.remove(clientId);
    if (job != null) {
      job.stop();
    }
  }

  public void stopAll() {
    running.values().forEach(UploadJob::stop);
    running.clear();
  }

  /** Tells the server that nobody will go on with an upload; if that fails, it finds out itself. */
  public void giveUp(String url, String userToken) {
    try {
      transfers.execute(
          () -> {
            try {
              http.delete(userToken, url);
            } catch (IOException | RuntimeException e) {
              LOG.debug("An upload that was given up is left to the server's sweeper.", e);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("An upload that was given up is left to the server's sweeper.", e);
    }
  }

  /** From the attempt's thread to the executor. */
  private final class Told implements UploadJob.Listener {
    private final String clientId;
    private final Follower follower;
    private volatile @Nullable UploadJob job;
    private long toldAt;

    Told(String clientId, Follower follower) {
      this.clientId = clientId;
      this.follower = follower;
    }

    @Override
    public void handleMoved(UploadState state) {
      ifCurrent(() -> follower.handleMoved(clientId, state));
    }

    @Override
    public void handleSent(long sent) {
      long now = System.nanoTime();
      if (now - toldAt >= TOLD_EVERY_NANOS) {
        toldAt = now;
        ifCurrent(() -> follower.handleSent(clientId, sent));
      }
    }

    @Override
    public void handleUp(String fileId) {
      ifCurrent(
          () -> {
            running.remove(clientId);
            follower.handleUp(clientId, fileId);
          });
    }

    @Override
    public void handleFailed(JovialException failure) {
      ifCurrent(
          () -> {
            running.remove(clientId);
            follower.handleUploadFailed(clientId, failure);
          });
    }

    private void ifCurrent(Runnable action) {
      executor.execute(
          () -> {
            if (running.get(clientId) == job) {
              action.run();
            }
          });
    }
  }
}
