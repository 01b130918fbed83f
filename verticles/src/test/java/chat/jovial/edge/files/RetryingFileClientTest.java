package chat.jovial.edge.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.contract.Caller;
import chat.jovial.contract.FssOperations;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Operation;
import chat.jovial.contract.Reply;
import chat.jovial.contract.Request;
import chat.jovial.contract.fss.GetUpload;
import chat.jovial.contract.fss.Upload;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RetryingFileClientTest {
  private static final GetUpload REQUEST = new GetUpload("app", "ann", "file");
  private static final Vertx VERTX = Vertx.vertx();

  private final Queue<JovialException> refusals = new ArrayDeque<>();
  private int asked;

  @AfterAll
  static void close() {
    VERTX.close().await();
  }

  @Test
  void a_store_that_is_away_for_a_moment_is_asked_again() {
    refusals.addAll(List.of(away(), away()));
    ask();
    assertThat(asked).isEqualTo(3);
  }

  @Test
  void a_refusal_for_good_is_passed_on_at_once() {
    refusals.add(JovialException.conflict("this upload goes on elsewhere"));
    assertThatThrownBy(this::ask).hasMessageContaining("elsewhere");
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void a_store_that_stays_away_is_told_of() {
    for (int i = 0; i < 20; i++) {
      refusals.add(away());
    }
    assertThatThrownBy(this::ask).hasMessageContaining("away");
    assertThat(asked).isEqualTo(6);
  }

  private void ask() {
    Upload unused =
        new RetryingFileClient(VERTX, new Door()).ask(FssOperations.UPLOAD_FIND, REQUEST).await();
  }

  private static JovialException away() {
    return JovialException.tryAgain("the store is away", Duration.ofSeconds(1));
  }

  /** Refuses as often as it is told to. */
  private final class Door implements FileAccessGateway {
    @Override
    public <Q extends Request, R extends Reply> Future<R> ask(
        Operation<Q, R> operation, Q request) {
      asked++;
      JovialException refusal = refusals.poll();
      return refusal == null ? Future.succeededFuture() : Future.failedFuture(refusal);
    }

    @Override
    public Future<Caller> userOf(HttpServerRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Caller> readerOf(HttpServerRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<ShownToken> tokenOf(HttpServerRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void refuse(HttpServerRequest request, Throwable failure) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void refuse(HttpServerRequest request, int status, Throwable failure) {
      throw new UnsupportedOperationException();
    }
  }
}
