package chat.jovial.ums;

import static chat.jovial.ums.UmsNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.UmsOperations;
import chat.jovial.contract.ums.DeviceSession;
import chat.jovial.contract.ums.LogIn;
import chat.jovial.contract.ums.LogOut;
import chat.jovial.contract.ums.LoggedIn;
import chat.jovial.contract.ums.Refresh;
import chat.jovial.contract.ums.SessionEnded;
import chat.jovial.ums.store.MongoTimes;
import chat.jovial.ums.store.UmsSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Device sessions: listed, gone on with, ended. */
class UmsSessionsIT extends OnUmsNode {
  @Test
  void a_login_with_a_device_id_goes_on_with_that_devices_session() {
    registerUser(app, "Ann");
    LoggedIn first = login(app, "Ann");

    LoggedIn again = login(app, "Ann", first.deviceId());

    assertThat(again.deviceId()).isEqualTo(first.deviceId());
    assertThat(sessions(callerOf(app, again))).hasSize(1);
    refused(ErrorCode.UNAUTHENTICATED, () -> refresh(first));
    assertThat(verify(again).valid()).isTrue();
    assertThat(refresh(again).deviceId()).isEqualTo(first.deviceId());
  }

  @Test
  void nobody_takes_the_device_of_another() {
    registerUser(app, "Ann");
    registerUser(app, "Ben");
    LoggedIn ann = login(app, "Ann");

    assertThat(login(app, "Ben", ann.deviceId()).deviceId()).isNotEqualTo(ann.deviceId());
    assertThat(login(app, "Ann", "made-up").deviceId()).isNotEqualTo("made-up");
  }

  @Test
  void sessions_are_listed_and_the_own_one_is_marked() {
    registerUser(app, "Ann");
    LoggedIn phone = login(app, "Ann");
    clock.advance(Duration.ofSeconds(5));
    LoggedIn laptop =
        node.call(
            UmsOperations.USER_LOGIN,
            new LogIn(app.appKey(), "Ann", null, PASSWORD, null, "Firefox on Linux"));

    assertThat(sessions(callerOf(app, phone)))
        .containsExactly(
            new DeviceSession(
                laptop.deviceId(), clock.instant(), clock.instant(), false, "Firefox on Linux"),
            new DeviceSession(
                phone.deviceId(),
                clock.instant().minusSeconds(5),
                clock.instant().minusSeconds(5),
                true,
                null));
  }

  @Test
  void logging_out_is_told_to_everyone_and_can_be_asked_for() throws InterruptedException {
    registerUser(app, "Ann");
    LoggedIn in = login(app, "Ann");
    BlockingQueue<SessionEnded> told = listen();
    Instant before = clock.instant();

    node.call(UmsOperations.USER_LOGOUT, callerOf(app, in), new LogOut(null));

    SessionEnded ended = new SessionEnded(sessionOf(in), in.userId(), "logged_out");
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(ended);
    assertThat(revokedSince(before)).contains(ended);
    assertThat(revokedSince(before.plusSeconds(1))).doesNotContain(ended);
    assertThat(verify(in).valid()).isFalse();
    refused(ErrorCode.UNAUTHENTICATED, () -> refresh(in));
    node.call(UmsOperations.USER_LOGOUT, callerOf(app, in), new LogOut(null)); // Again is harmless.

    LoggedIn back = login(app, "Ann", in.deviceId());
    assertThat(back.deviceId()).isEqualTo(in.deviceId());
    assertThat(sessionOf(back)).isNotEqualTo(sessionOf(in));
    assertThat(verify(back).valid()).isTrue();
  }

  @Test
  void another_device_of_ones_own_can_be_logged_out_and_nobody_elses() {
    registerUser(app, "Ann");
    registerUser(app, "Ben");
    LoggedIn phone = login(app, "Ann");
    LoggedIn laptop = login(app, "Ann");
    LoggedIn ben = login(app, "Ben");

    refused(
        ErrorCode.NOT_FOUND,
        () ->
            node.call(UmsOperations.USER_LOGOUT, callerOf(app, ben), new LogOut(phone.deviceId())));
    node.call(UmsOperations.USER_LOGOUT, callerOf(app, laptop), new LogOut(phone.deviceId()));

    assertThat(verify(phone).valid()).isFalse();
    assertThat(verify(laptop).valid()).isTrue();
    assertThat(revokedSince(clock.instant()))
        .contains(new SessionEnded(sessionOf(phone), phone.userId(), "revoked"));
  }

  @Test
  void a_session_recorded_as_ended_by_a_node_that_died_then_is_not_gone_on_with() {
    registerUser(app, "Ann");
    LoggedIn in = login(app, "Ann");
    await(
        node.mongo.insert(
            "ended_sessions",
            UmsSchema.byId(sessionOf(in))
                .put("user_id", in.userId())
                .put("reason", "logged_out")
                .put("ended_at", MongoTimes.date(clock.instant()))
                .put("purge_at", MongoTimes.date(clock.instant().plusSeconds(3600)))));

    LoggedIn back = login(app, "Ann", in.deviceId());

    assertThat(back.deviceId()).isEqualTo(in.deviceId());
    assertThat(verify(back).valid()).isTrue();
  }

  @Test
  void one_session_too_many_ends_the_one_unused_for_longest() {
    try (UmsNode small = new UmsNode(STORES, clock, Map.of("ums.sessions_per_user", "3"))) {
      registerUser(app, "Ann");
      List<LoggedIn> logins = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        logins.add(
            small.call(
                UmsOperations.USER_LOGIN,
                new LogIn(app.appKey(), "Ann", null, PASSWORD, null, null)));
        clock.advance(Duration.ofSeconds(1));
      }
      LoggedIn kept =
          small.call(UmsOperations.USER_REFRESH, new Refresh(logins.get(0).refreshToken()));
      clock.advance(Duration.ofSeconds(1));
      small.call(
          UmsOperations.USER_LOGIN, new LogIn(app.appKey(), "Ann", null, PASSWORD, null, null));

      assertThat(verify(kept).valid()).isTrue();
      assertThat(verify(logins.get(1)).valid()).isFalse();
      assertThat(verify(logins.get(2)).valid()).isTrue();
      assertThat(sessions(callerOf(app, kept))).hasSize(3);
    }
  }
}
