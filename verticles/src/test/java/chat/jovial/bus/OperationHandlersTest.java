package chat.jovial.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.MdsOperations;
import chat.jovial.contract.Service;
import chat.jovial.contract.bus.Call;
import chat.jovial.contract.codec.Codecs;
import chat.jovial.contract.mss.CommittedSeq;
import chat.jovial.contract.mss.GetCommittedSeq;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperationHandlersTest {
  private static final Caller ALICE = Caller.user("app", "alice", "phone", "session", null, null);
  private static final GetCommittedSeq REQUEST = new GetCommittedSeq("d.alice.bob");

  private final Vertx vertx = Vertx.vertx();

  @BeforeEach
  void registerCodecs() {
    Codecs.register(vertx.eventBus());
  }

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void an_operation_of_services_is_refused_to_a_user() {
    serve(FailureMapper.NONE, Future.succeededFuture(new CommittedSeq(7)));

    assertThat(call(Caller.SERVICE)).isEqualTo(new CommittedSeq(7));
    assertThat(codeOf(ALICE)).isEqualTo(ErrorCode.FORBIDDEN);
  }

  @Test
  void a_failure_reaches_the_caller_as_the_service_maps_it() {
    serve(
        failure -> JovialException.gone(String.valueOf(failure.getMessage())),
        Future.failedFuture("destroyed"));

    assertThat(codeOf(Caller.SERVICE)).isEqualTo(ErrorCode.GONE);
  }

  @Test
  void a_failure_that_nobody_maps_is_internal() {
    serve(FailureMapper.NONE, Future.failedFuture("a secret"));

    assertThat(codeOf(Caller.SERVICE)).isEqualTo(ErrorCode.INTERNAL);
  }

  @Test
  void a_service_does_not_start_without_a_handler_for_each_of_its_operations() {
    OperationHandlers handlers = new OperationHandlers(Service.MDS);
    Catalogue.operationsOf(Service.MDS).stream()
        .filter(operation -> operation != MdsOperations.COMMITTED_SEQ)
        .forEach(
            operation ->
                handlers.on(operation, (caller, request) -> Future.failedFuture("unused")));

    assertThatThrownBy(handlers::checkComplete).hasMessageContaining("mds.log.end");
  }

  private void serve(FailureMapper failures, Future<CommittedSeq> reply) {
    OperationHandlers handlers =
        new OperationHandlers(Service.MDS, failures)
            .on(MdsOperations.COMMITTED_SEQ, (caller, request) -> reply);
    vertx.eventBus().<Call>localConsumer("service", handlers::handle);
  }

  private Object call(Caller caller) {
    return vertx
        .eventBus()
        .<Object>request("service", new Call(MdsOperations.COMMITTED_SEQ, caller, REQUEST))
        .map(message -> message.body())
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(10, TimeUnit.SECONDS)
        .join();
  }

  private ErrorCode codeOf(Caller caller) {
    try {
      Object reply = call(caller);
      throw new AssertionError("answered with " + reply);
    } catch (CompletionException e) {
      return JovialException.of(Objects.requireNonNull(e.getCause())).code();
    }
  }
}
