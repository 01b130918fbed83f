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
import org.jspecify.annotations.Nullable;
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
  void a_stranger_who_guesses_does_not_lock_the_owner_out() {
    registerUser(app, "Ann");
    LoggedIn phone =
        loginFrom("192.0.2.1", new LogIn(app.appKey(), "Ann", null, PASSWORD, null, null));
    for (int i = 0; i < 12; i++) {
      failureFrom("198.51.100.7", ann("wrong", null, null));
    }

    assertThat(codeOf(failureFrom("198.51.100.7", ann(PASSWORD, null, null))))
        .isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(loginFrom("192.0.2.1", ann(PASSWORD, null, null)).userId())
        .as("from elsewhere")
        .isEqualTo(phone.userId());
    LoggedIn again =
        loginFrom("198.51.100.7", ann(PASSWORD, phone.deviceId(), phone.deviceSecret()));
    assertThat(again.deviceId()).as("a known device, wherever it is").isEqualTo(phone.deviceId());
    assertThat(codeOf(failureFrom("198.51.100.7", ann(PASSWORD, phone.deviceId(), null))))
        .as("the id alone is no proof")
        .isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(
            codeOf(
                failureFrom("198.51.100.7", ann(PASSWORD, phone.deviceId(), phone.deviceSecret()))))
        .as("each login changes the secret")
        .isEqualTo(ErrorCode.RATE_LIMITED);
  }

  @Test
  void guesses_from_many_addresses_are_limited_together_except_on_a_known_device() {
    registerUser(app, "Ann");
    LoggedIn phone = loginFrom("192.0.2.1", ann(PASSWORD, null, null));
    for (int i = 0; i < 100; i++) {
      failureFrom("198.51.100." + i, ann("wrong", null, null));
    }

    assertThat(codeOf(failureFrom("203.0.113.1", ann(PASSWORD, null, null))))
        .isEqualTo(ErrorCode.RATE_LIMITED);
    String secret = phone.deviceSecret();
    assertThat(loginFrom("192.0.2.1", ann(PASSWORD, phone.deviceId(), secret)).userId())
        .isEqualTo(phone.userId());
  }

  private LogIn ann(String password, @Nullable String deviceId, @Nullable String deviceSecret) {
    return new LogIn(app.appKey(), "Ann", null, password, deviceId, null, deviceSecret);
  }

  private LoggedIn loginFrom(String address, LogIn request) {
    return node.call(UmsOperations.USER_LOGIN, Caller.anyone(null, address), request);
  }

  private Throwable failureFrom(String address, LogIn request) {
    Future<LoggedIn> answered =
        node.send(UmsOperations.USER_LOGIN, Caller.anyone(null, address), request);
    await(answered.otherwiseEmpty());
    assertThat(answered.failed()).isTrue();
    return answered.cause();
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
