package chat.jovial.client.files;

import chat.jovial.client.executor.SerialExecutor;
import chat.jovial.client.model.JovialException;
import chat.jovial.client.model.Progress;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Transfers of one client's files. Its methods are for the executor, its work is elsewhere. */
public final class Transfers {
  /** An answer that took longer than the session's own timeout will not come. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(1);

  private final SerialExecutor executor;
  private final HttpFiles http;
  private final @Nullable URI fallback;
  private final ExecutorService threads;
  private final Uploads uploads;

  /**
   * @param http the server's HTTP address; null if only the server can say it
   * @param fallback where it is if the server does not say it either
   * @param threads bounded, and not the executor's
   */
  public Transfers(
      SerialExecutor executor,
      @Nullable URI http,
      @Nullable URI fallback,
      @Nullable SSLContext tls,
      ExecutorService threads) {
    this.executor = executor;
    this.http = new HttpFiles(http, tls);
    this.fallback = fallback;
    this.threads = threads;
    this.uploads = new Uploads(executor, this.http, threads);
  }

  public Uploads uploads() {
    return uploads;
  }

  /**
   * After the opening of a session. An address that the app gave goes first.
   *
   * @param address where the server says that it serves HTTP; null if it does not
   */
  public void learn(@Nullable URI address) {
    URI known = address == null ? fallback : address;
    if (known != null) {
      http.learn(known);
    }
  }

  /** Whether it is known where files go. */
  public boolean hasAddress() {
    return http.hasAddress();
  }

  /** The client as a download needs it; on the executor. */
  public interface Client {
    String userToken();

    CompletableFuture<JsonNode> request(String operation, ObjectNode body);
  }

  /**
   * Saves the file of a message's body.
   *
   * @param progress is told on a thread of the transfers
   */
  public CompletableFuture<Path> save(
      JsonNode body, Path target, Client client, Consumer<Progress> progress) {
    CompletableFuture<Path> saved = new CompletableFuture<>();
    if (!hasAddress()) {
      saved.completeExceptionally(noAddress());
      return saved;
    }
    try {
      DownloadJob job = new DownloadJob(http, new OnExecutor(client), body, target, progress);
      threads.execute(
          () -> {
            try {
              saved.complete(job.run());
            } catch (IOException e) {
              saved.completeExceptionally(
                  new JovialException("storage", "the file cannot be written: " + e.getMessage()));
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
              saved.completeExceptionally(
                  new JovialException(JovialException.ENDED, "interrupted"));
            } catch (RuntimeException e) {
              saved.completeExceptionally(e);
            }
          });
    } catch (IllegalArgumentException e) {
      saved.completeExceptionally(
          new JovialException("invalid_request", "this is no file: " + e.getMessage()));
    } catch (RejectedExecutionException e) {
      saved.completeExceptionally(
          new JovialException("try_again", "too many transfers wait on this device"));
    }
    return saved;
  }

  /** From a transfer's thread to the executor and back. */
  private final class OnExecutor implements DownloadJob.Helper {
    private final Client client;

    OnExecutor(Client client) {
      this.client = client;
    }

    @Override
    public String userToken() throws InterruptedException {
      return await(() -> CompletableFuture.completedFuture(client.userToken()));
    }

    @Override
    public JsonNode ask(String operation, ObjectNode body) throws InterruptedException {
      return await(() -> client.request(operation, body));
    }

    private <T> T await(Supplier<CompletableFuture<T>> question) throws InterruptedException {
      CompletableFuture<T> answer = new CompletableFuture<>();
      executor.execute(
          () -> {
            var unused =
                question
                    .get()
                    .whenComplete(
                        (value, failure) -> {
                          if (failure == null) {
                            answer.complete(value);
                          } else {
                            answer.completeExceptionally(failure);
                          }
                        });
          });
      try {
        return answer.get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        throw new JovialException(JovialException.TIMEOUT, "the server did not answer");
      } catch (ExecutionException e) {
        Throwable cause =
            e.getCause() instanceof CompletionException nested ? nested.getCause() : e.getCause();
        throw cause instanceof JovialException known
            ? known
            : new JovialException("internal", String.valueOf(cause));
      }
    }
  }

  /** The refusal where nobody said where the server's HTTP is. */
  public static JovialException noAddress() {
    return new JovialException(
        "invalid_request",
        "files need the server's HTTP address: give it with ClientConfig.builder().http(...)");
  }
}
