package chat.jovial.ums;

import static chat.jovial.ums.UmsNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.Caller;
import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.UmsOperations;
import chat.jovial.contract.ums.LogIn;
import chat.jovial.contract.ums.LoggedIn;
import chat.jovial.contract.ums.RegisterUser;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What guessing and flooding are held to. */
class UmsLimitsIT extends OnUmsNode {
  @Test
  void guessing_a_password_is_limited_also_for_names_that_nobody_has() {
    registerUser(app, "Ann");
    for (String name : List.of("Ann", "Nobody")) {
      for (int i = 0; i < 10; i++) {
        refused(
            ErrorCode.UNAUTHENTICATED,
            () ->
                node.call(
                    UmsOperations.USER_LOGIN,
                    new LogIn(app.appKey(), name, null, "wrong", null, null)));
      }
      JovialException limited =
          (JovialException)
              failureOf(new LogIn(app.appKey(), name.toUpperCase(), null, PASSWORD, null, null));
      assertThat(limited.code()).isEqualTo(ErrorCode.RATE_LIMITED);
      assertThat(limited.details())
          .containsEntry("retry_after_ms", Duration.ofMinutes(15).toMillis());
    }
    try (UmsNode restarted = new UmsNode(STORES, clock, Map.of())) {
      refused(
          ErrorCode.RATE_LIMITED,
          () ->
              restarted.call(
                  UmsOperations.USER_LOGIN,
                  new LogIn(app.appKey(), "Ann", null, PASSWORD, null, null)));
    }
    clock.advance(Duration.ofMinutes(15));
    assertThat(login(app, "Ann").userId()).isNotEmpty();
  }

  @Test
  void guessing_many_passwords_at_once_gains_nothing() {
    registerUser(app, "Ann");
    List<Future<LoggedIn>> all =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    node.send(
                        UmsOperations.USER_LOGIN,
                        Caller.anyone(null, null),
                        new LogIn(app.appKey(), "Ann", null, "wrong" + i, null, null)))
            .toList();
    await(Future.join(all).otherwiseEmpty());

    assertThat(all)
        .filteredOn(f -> codeOf(f.cause()) == ErrorCode.UNAUTHENTICATED)
        .hasSizeLessThanOrEqualTo(10);
  }

  @Test
  void a_right_password_clears_the_count() {
    registerUser(app, "Ann");
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 9; i++) {
        failureOf(new LogIn(app.appKey(), "Ann", null, "wrong", null, null));
      }
      assertThat(login(app, "Ann").userId()).isNotEmpty();
    }
  }

  @Test
  void more_hashes_than_the_queue_holds_are_told_to_try_again() {
    try (UmsNode slow =
        new UmsNode(
            STORES,
            clock,
            Map.of(
                "ums.password_threads", "1",
                "ums.password_queue", "2",
                "ums.argon2_memory_kib", "19456"))) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        all.add(
            slow.send(
                UmsOperations.USER_REGISTER,
                Caller.anyone(null, null),
                new RegisterUser(app.appKey(), PASSWORD, null, null)));
      }
      await(Future.join(all).otherwiseEmpty());

      assertThat(all).filteredOn(Future::succeeded).hasSizeGreaterThanOrEqualTo(3);
      assertThat(all)
          .filteredOn(Future::failed)
          .isNotEmpty()
          .allSatisfy(
              f -> {
                JovialException told = (JovialException) f.cause();
                assertThat(told.code()).isEqualTo(ErrorCode.TRY_AGAIN);
                assertThat(told.details()).containsKey("retry_after_ms");
              });
    }
  }
}
