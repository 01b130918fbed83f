package chat.jovial.ums;

import static chat.jovial.ums.UmsNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.UmsOperations;
import chat.jovial.contract.ums.LoggedIn;
import chat.jovial.contract.ums.Refresh;
import chat.jovial.contract.ums.SessionEnded;
import chat.jovial.ums.store.UmsSchema;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Refresh tokens are good once; a lost reply is not a theft. */
class UmsRefreshIT extends OnUmsNode {
  @Test
  void a_refresh_token_gives_new_tokens_of_the_same_session() {
    registerUser(app, "Ann");
    LoggedIn first = login(app, "Ann");
    clock.advance(Duration.ofMinutes(20));

    LoggedIn second = refresh(first);

    assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
    assertThat(sessionOf(second)).isEqualTo(sessionOf(first));
    assertThat(verify(second).valid()).isTrue();
    assertThat(refresh(refresh(second)).userId()).isEqualTo(first.userId());
    JsonObject stored =
        await(node.mongo.findOne("device_sessions", UmsSchema.byId(first.userId()), null));
    String secret = second.refreshToken().substring(second.refreshToken().lastIndexOf('.') + 1);
    assertThat(stored.encode()).doesNotContain(secret);
  }

  @Test
  void a_refresh_token_used_twice_ends_its_session() throws InterruptedException {
    registerUser(app, "Ann");
    LoggedIn first = login(app, "Ann");
    LoggedIn second = refresh(first);
    BlockingQueue<SessionEnded> told = listen();

    refused(ErrorCode.UNAUTHENTICATED, () -> refresh(first));

    assertThat(told.poll(10, TimeUnit.SECONDS))
        .isEqualTo(new SessionEnded(sessionOf(first), first.userId(), "refresh_reused"));
    refused(ErrorCode.UNAUTHENTICATED, () -> refresh(second));
    assertThat(verify(second).valid()).isFalse();
  }

  @Test
  void an_old_refresh_token_ends_the_session_also_after_many_changes() {
    registerUser(app, "Ann");
    LoggedIn first = login(app, "Ann");
    LoggedIn latest = refresh(refresh(refresh(refresh(first))));

    refused(ErrorCode.UNAUTHENTICATED, () -> refresh(first, true));

    assertThat(verify(latest).valid()).isFalse();
  }

  @Test
  void a_client_that_lost_the_reply_gets_the_same_refresh_token_again() {
    registerUser(app, "Ann");
    LoggedIn first = login(app, "Ann");
    LoggedIn lost = refresh(first);

    LoggedIn again = refresh(first, true);

    assertThat(again.refreshToken()).isEqualTo(lost.refreshToken());
    assertThat(verify(again).valid()).isTrue();
    assertThat(verify(refresh(again)).valid()).isTrue();
  }

  @Test
  void a_retry_is_too_late_after_the_grace_or_when_the_successor_was_used() {
    registerUser(app, "Ann");
    LoggedIn first = login(app, "Ann");
    refresh(first);
    clock.advance(Duration.ofSeconds(30));
    refused(ErrorCode.UNAUTHENTICATED, () -> refresh(first, true));

    LoggedIn other = login(app, "Ann");
    refresh(refresh(other));
    refused(ErrorCode.UNAUTHENTICATED, () -> refresh(other, true));
    assertThat(verify(other).valid()).isFalse();
  }

  @Test
  void of_many_concurrent_uses_of_a_refresh_token_one_wins_and_the_session_ends() {
    registerUser(app, "Ann");
    LoggedIn in = login(app, "Ann");
    List<Future<LoggedIn>> all = refreshMany(in, null);

    assertThat(all).filteredOn(Future::succeeded).hasSize(1);
    assertThat(verify(in).valid()).isFalse();
  }

  @Test
  void concurrent_retries_all_get_the_same_successor_and_the_session_lives() {
    registerUser(app, "Ann");
    LoggedIn in = login(app, "Ann");
    List<Future<LoggedIn>> all = refreshMany(in, true);

    assertThat(all).allMatch(Future::succeeded);
    assertThat(all)
        .extracting(f -> f.result().refreshToken())
        .containsOnly(all.get(0).result().refreshToken());
    assertThat(verify(refresh(all.get(0).result())).valid()).isTrue();
  }

  @Test
  void a_made_up_refresh_token_is_refused_and_ends_nothing() {
    registerUser(app, "Ann");
    LoggedIn in = login(app, "Ann");
    String prefix = in.userId() + "." + sessionOf(in) + ".";

    for (String madeUp :
        List.of(
            "x",
            "..",
            prefix,
            prefix + "AAAA",
            prefix + "A".repeat(64),
            prefix + "!".repeat(64),
            "nobody." + sessionOf(in) + "." + "A".repeat(64),
            "x".repeat(4000))) {
      refused(
          ErrorCode.UNAUTHENTICATED,
          () -> node.call(UmsOperations.USER_REFRESH, new Refresh(madeUp, true)));
    }
    assertThat(verify(in).valid()).isTrue();
    assertThat(refresh(in).userId()).isEqualTo(in.userId());
  }

  @Test
  void a_device_that_was_away_for_too_long_must_log_in_again() {
    registerUser(app, "Ann");
    LoggedIn in = login(app, "Ann");
    clock.advance(Duration.ofDays(59));
    LoggedIn renewed = refresh(in);
    clock.advance(Duration.ofDays(59));
    LoggedIn again = refresh(renewed);
    clock.advance(Duration.ofDays(60));

    refused(ErrorCode.UNAUTHENTICATED, () -> refresh(again));
    assertThat(login(app, "Ann", in.deviceId()).deviceId()).isEqualTo(in.deviceId());
  }
}
