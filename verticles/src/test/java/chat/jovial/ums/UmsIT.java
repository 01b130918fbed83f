package chat.jovial.ums;

import static chat.jovial.ums.UmsNode.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.ums.AppKeyRequest;
import chat.jovial.contract.ums.AppRegister;
import chat.jovial.contract.ums.AppRegistered;
import chat.jovial.contract.ums.AppVerified;
import chat.jovial.contract.ums.AppVerify;
import chat.jovial.contract.ums.DeviceSession;
import chat.jovial.contract.ums.FindUsers;
import chat.jovial.contract.ums.FoundUser;
import chat.jovial.contract.ums.LoggedIn;
import chat.jovial.contract.ums.Login;
import chat.jovial.contract.ums.Logout;
import chat.jovial.contract.ums.Profile;
import chat.jovial.contract.ums.Refresh;
import chat.jovial.contract.ums.RevokedSince;
import chat.jovial.contract.ums.SessionEnded;
import chat.jovial.contract.ums.UserExistsQuery;
import chat.jovial.contract.ums.UserRegister;
import chat.jovial.contract.ums.UserToken;
import chat.jovial.contract.ums.UserVerified;
import chat.jovial.contract.ums.UserVerify;
import chat.jovial.embedded.EmbeddedMongo;
import chat.jovial.embedded.MongoSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every ums operation, over the bus, on the embedded MongoDB server. */
class UmsIT {
  private static final String PASSWORD = "correct horse";

  @TempDir static Path folder;
  private static EmbeddedMongo mongo;

  private final MovableClock clock = new MovableClock();
  private UmsNode node;
  private AppRegistered app;

  @BeforeAll
  static void startStore() {
    mongo = EmbeddedMongo.start(MongoSettings.in(folder).withSyncToDisk(false)).join();
  }

  @AfterAll
  static void stopStore() {
    mongo.close();
  }

  @BeforeEach
  void startNode() {
    node = new UmsNode(mongo.connectionString(), clock, Map.of());
    app = registerApp("Jovial");
  }

  @AfterEach
  void stopNode() {
    node.close();
  }

  // ---- Apps

  @Test
  void an_app_gets_an_id_a_secret_and_a_key_that_names_it() {
    AppVerified verified = node.call(Catalogue.APP_VERIFY, new AppVerify(app.appKey()));

    assertThat(verified).isEqualTo(new AppVerified(true, app.appId(), "Jovial"));
    assertThat(app.appSecret()).hasSizeGreaterThanOrEqualTo(43);
    JsonObject stored = await(node.mongo.findOne("apps", Store.byId(app.appId()), null));
    assertThat(stored.encode()).doesNotContain(app.appSecret()).contains("$argon2id$v=19$");
  }

  @Test
  void a_fresh_app_key_needs_the_secret() {
    String fresh =
        node.call(Catalogue.APP_KEY, new AppKeyRequest(app.appId(), app.appSecret())).appKey();
    assertThat(node.call(Catalogue.APP_VERIFY, new AppVerify(fresh)).valid()).isTrue();

    AppRegistered other = registerApp("Other");
    refused(
        ErrorCode.UNAUTHENTICATED,
        () -> node.call(Catalogue.APP_KEY, new AppKeyRequest(app.appId(), other.appSecret())));
    refused(
        ErrorCode.UNAUTHENTICATED,
        () -> node.call(Catalogue.APP_KEY, new AppKeyRequest("nobody", app.appSecret())));
  }

  @Test
  void a_secret_that_only_passes_the_cheap_check_is_refused() {
    String wrong =
        IntStream.range(0, 2_000_000)
            .mapToObj(i -> "guess" + i)
            .filter(guess -> AppSecrets.checkOf(guess).equals(AppSecrets.checkOf(app.appSecret())))
            .findFirst()
            .orElseThrow();
    for (int i = 0; i < 2; i++) { // Not remembered as right either.
      refused(
          ErrorCode.UNAUTHENTICATED,
          () -> node.call(Catalogue.APP_KEY, new AppKeyRequest(app.appId(), wrong)));
    }
  }

  @Test
  void an_app_key_of_another_secret_version_is_not_valid() {
    await(
        node.mongo.updateCollection(
            "apps",
            Store.byId(app.appId()),
            new JsonObject().put("$set", new JsonObject().put("secret_version", 2))));
    assertThat(node.call(Catalogue.APP_VERIFY, new AppVerify(app.appKey())).valid()).isFalse();
  }

  @Test
  void with_an_operator_key_set_nobody_registers_an_app_without_it() {
    try (UmsNode closed =
        new UmsNode(mongo.connectionString(), clock, Map.of("ums.operator_key", "0perator"))) {
      refused(
          ErrorCode.UNAUTHENTICATED,
          () -> closed.call(Catalogue.APP_REGISTER, new AppRegister("Mine", null)));
      refused(
          ErrorCode.UNAUTHENTICATED,
          () -> closed.call(Catalogue.APP_REGISTER, new AppRegister("Mine", "operator")));
      assertThat(closed.call(Catalogue.APP_REGISTER, new AppRegister("Mine", "0perator")).appId())
          .isNotEmpty();
    }
  }

  // ---- Users

  @Test
  void a_user_registers_logs_in_and_every_service_can_verify_the_token() {
    String userId = registerUser(app, "Ann");

    LoggedIn in = login(app, "Ann");

    assertThat(in.userId()).isEqualTo(userId);
    assertThat(in.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(15)));
    assertThat(verify(in))
        .isEqualTo(new UserVerified(true, app.appId(), userId, in.deviceId(), in.expiresAt()));
    assertThat(
            node.call(
                    Catalogue.USER_LOGIN,
                    new Login(app.appKey(), null, userId, PASSWORD, null, null))
                .userId())
        .isEqualTo(userId);
    JsonObject stored = await(node.mongo.findOne("users", Store.byId(userId), null));
    assertThat(stored.encode()).doesNotContain(PASSWORD).contains("$argon2id$v=19$m=64,t=1,p=1$");
  }

  @Test
  void a_username_is_taken_whatever_its_case_and_form_but_only_in_its_app() {
    registerUser(app, "Zoë");

    for (String same : List.of("ZOË", "zoë", "Zoe\u0308", "\uff3a\uff4f\u00eb")) {
      refused(ErrorCode.CONFLICT, () -> registerUser(app, same));
      assertThat(login(app, same).userId()).isNotEmpty();
    }
    assertThat(registerUser(registerApp("Other"), "Zoë")).isNotEmpty();
  }

  @Test
  void of_many_who_take_one_name_at_once_exactly_one_gets_it() {
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String name = i % 2 == 0 ? "race" : "RACE";
      all.add(
          node.send(
              Catalogue.USER_REGISTER,
              Caller.anyone(null, null),
              new UserRegister(app.appKey(), PASSWORD, name, null)));
    }
    await(Future.join(all).otherwiseEmpty());

    assertThat(all).filteredOn(Future::succeeded).hasSize(1);
    assertThat(all)
        .filteredOn(Future::failed)
        .extracting(f -> codeOf(f.cause()))
        .containsOnly(ErrorCode.CONFLICT);
  }

  @Test
  void users_without_a_name_do_not_collide() {
    String first = registerUser(app, null);
    assertThat(registerUser(app, null)).isNotEqualTo(first);
  }

  @Test
  void people_are_found_in_ones_own_app_only_and_show_no_more_than_their_name() {
    Profile profile = new Profile("Ann Example", "ann@example.org", "+1", "Street 1");
    String ann =
        node.call(
                Catalogue.USER_REGISTER, new UserRegister(app.appKey(), PASSWORD, "an.n", profile))
            .userId();
    String anxn = registerUser(app, "anxn");
    AppRegistered other = registerApp("Other");
    String stranger = registerUser(other, "an.n2");
    Caller caller = callerOf(app, login(app, "anxn"));
    FoundUser seen = new FoundUser(ann, "an.n", new Profile("Ann Example", null, null, null));

    assertThat(find(caller, new FindUsers("AN.N", null, null, null))).containsExactly(seen);
    assertThat(find(caller, new FindUsers(null, "an.", null, null))).containsExactly(seen);
    assertThat(find(caller, new FindUsers(null, "AN", null, null)))
        .extracting(FoundUser::userId)
        .containsExactly(ann, anxn);
    assertThat(find(caller, new FindUsers(null, "an", null, 1))).hasSize(1);
    assertThat(find(caller, new FindUsers(null, ".*", null, null))).isEmpty();
    assertThat(find(caller, new FindUsers(null, null, List.of(ann, stranger, "nobody"), null)))
        .containsExactly(seen);
    assertThat(find(caller, new FindUsers("an.n2", null, null, null))).isEmpty();
    assertThat(
            find(callerOf(other, login(other, "an.n2")), new FindUsers("an.n", null, null, null)))
        .isEmpty();
  }

  @Test
  void an_unknown_user_and_a_wrong_password_get_the_same_answer() {
    registerUser(app, "Ann");
    String external = token(app, "x1", null).userId();

    List<Throwable> refusals =
        List.of(
            failureOf(new Login(app.appKey(), "Ann", null, "wrong", null, null)),
            failureOf(new Login(app.appKey(), "Nobody", null, PASSWORD, null, null)),
            failureOf(new Login(app.appKey(), null, "nobody", PASSWORD, null, null)),
            failureOf(new Login(app.appKey(), null, external, PASSWORD, null, null)));

    assertThat(refusals)
        .extracting(Throwable::getMessage)
        .containsOnly("unauthenticated: wrong user or password");
  }

  @Test
  void an_app_signs_its_own_users_in_and_they_stay_the_same_user() {
    LoggedIn first = token(app, "ext/1", new Profile("One", null, null, null));
    LoggedIn again = token(app, "ext/1", new Profile("Uno", null, null, null));

    assertThat(again.userId()).isEqualTo(first.userId());
    assertThat(again.deviceId()).isNotEqualTo(first.deviceId());
    assertThat(verify(first).valid()).isTrue();
    assertThat(find(callerOf(app, first), new FindUsers(null, null, List.of(first.userId()), null)))
        .extracting(FoundUser::profile)
        .containsExactly(new Profile("Uno", null, null, null));
    LoggedIn sameDevice =
        node.call(
            Catalogue.USER_TOKEN,
            new UserToken(app.appId(), app.appSecret(), "ext/1", null, first.deviceId()));
    assertThat(sameDevice.deviceId()).isEqualTo(first.deviceId());
    AppRegistered other = registerApp("Other");
    assertThat(token(other, "ext/1", null).userId()).isNotEqualTo(first.userId());
    refused(
        ErrorCode.UNAUTHENTICATED,
        () ->
            node.call(
                Catalogue.USER_TOKEN,
                new UserToken(app.appId(), other.appSecret(), "ext/1", null)));
  }

  @Test
  void one_external_id_asked_for_many_times_at_once_is_one_user() {
    List<Future<LoggedIn>> all =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    node.send(
                        Catalogue.USER_TOKEN,
                        Caller.anyone(null, null),
                        new UserToken(app.appId(), app.appSecret(), "storm", null)))
            .toList();
    await(Future.all(all));

    assertThat(all)
        .extracting(f -> f.result().userId())
        .hasSize(20)
        .containsOnly(all.get(0).result().userId());
    assertThat(all).extracting(f -> f.result().deviceId()).doesNotHaveDuplicates();
  }

  @Test
  void whether_a_user_exists_is_told_for_that_app() {
    String userId = registerUser(app, "Ann");
    AppRegistered other = registerApp("Other");

    assertThat(exists(app.appId(), userId)).isTrue();
    assertThat(exists(other.appId(), userId)).isFalse();
    assertThat(exists(app.appId(), "nobody")).isFalse();
  }

  // ---- Tokens

  @Test
  void an_app_key_is_no_user_token_and_the_other_way_round() {
    registerUser(app, "Ann");
    LoggedIn in = login(app, "Ann");

    assertThat(node.call(Catalogue.USER_VERIFY, new UserVerify(app.appKey())).valid()).isFalse();
    assertThat(node.call(Catalogue.APP_VERIFY, new AppVerify(in.userToken())).valid()).isFalse();
    refused(
        ErrorCode.UNAUTHENTICATED,
        () ->
            node.call(
                Catalogue.USER_REGISTER, new UserRegister(in.userToken(), PASSWORD, "Ben", null)));
  }

  @Test
  void issuer_and_audience_are_checked_also_when_all_else_fits() {
    registerUser(app, "Ann");
    LoggedIn in = login(app, "Ann");
    SigningKeys keys = await(keysOf(node));
    JsonObject both =
        ForgedTokens.claimsOf(app.appKey()).mergeIn(ForgedTokens.claimsOf(in.userToken()));
    JsonObject forUser = both.copy().put("aud", "user").put("sub", in.userId());
    JsonObject forApp = both.copy().put("aud", "app").put("sub", app.appId());

    assertThat(isUserToken(await(keys.sign(forUser.copy())))).isTrue();
    assertThat(isAppKey(await(keys.sign(forApp.copy())))).isTrue();
    assertThat(isUserToken(await(keys.sign(forUser.copy().put("aud", "app"))))).isFalse();
    assertThat(isAppKey(await(keys.sign(forApp.copy().put("aud", "user"))))).isFalse();
    assertThat(isUserToken(await(keys.sign(forUser.copy().put("iss", "other"))))).isFalse();
    assertThat(isAppKey(await(keys.sign(forApp.copy().put("iss", "other"))))).isFalse();
    forUser.remove("exp");
    assertThat(isUserToken(await(keys.sign(forUser)))).isFalse();
  }

  @Test
  void a_token_expires() {
    registerUser(app, "Ann");
    LoggedIn in = login(app, "Ann");

    clock.advance(Duration.ofMinutes(15).minusSeconds(1));
    assertThat(verify(in).valid()).isTrue();
    clock.advance(Duration.ofSeconds(1));
    assertThat(verify(in)).isEqualTo(new UserVerified(false, null, null, null, null));
  }

  @Test
  void forged_tokens_are_refused() {
    registerUser(app, "Ann");
    LoggedIn in = login(app, "Ann");
    Map<String, Object> key =
        node.call(Catalogue.PUBLIC_KEYS, Caller.SERVICE, Nothing.NOTHING).keys().get(0);

    for (String forged : ForgedTokens.of(in.userToken(), key)) {
      assertThat(node.call(Catalogue.USER_VERIFY, new UserVerify(forged)).valid())
          .as(forged)
          .isFalse();
    }
    for (String forged : ForgedTokens.of(app.appKey(), key)) {
      assertThat(node.call(Catalogue.APP_VERIFY, new AppVerify(forged)).valid())
          .as(forged)
          .isFalse();
      refused(ErrorCode.UNAUTHENTICATED, () -> registerUser(withKey(app, forged), "Ben"));
      refused(ErrorCode.UNAUTHENTICATED, () -> login(withKey(app, forged), "Ann"));
    }
  }

  @Test
  void nodes_that_start_at_once_share_one_signing_key_and_its_private_half_stays_inside() {
    await(node.mongo.dropCollection("signing_keys"));
    List<Future<SigningKeys>> starts = IntStream.range(0, 8).mapToObj(i -> keysOf(node)).toList();
    await(Future.all(starts));

    List<List<Map<String, Object>>> shown =
        starts.stream().map(start -> await(start.result().publicKeys()).keys()).toList();
    assertThat(shown).containsOnly(shown.get(0));
    assertThat(shown.get(0)).hasSize(1);
    assertThat(shown.get(0).get(0))
        .containsOnlyKeys("kty", "crv", "alg", "use", "kid", "x", "y")
        .containsEntry("alg", "ES256");
    String token = await(starts.get(0).result().sign(new JsonObject().put("a", 1)));
    assertThat(await(starts.get(7).result().verify(token)).getInteger("a")).isEqualTo(1);
  }

  @Test
  void a_token_signed_with_a_key_made_meanwhile_is_accepted_soon() {
    SigningKeys here = await(keysOf(node));
    SigningKey second = SigningKey.generate(2);
    await(node.mongo.insert("signing_keys", second.toDocument()));
    try {
      SigningKeys there = await(keysOf(node));
      String token = await(there.sign(new JsonObject().put("a", 1)));

      refused(ErrorCode.UNAUTHENTICATED, () -> await(here.verify(token)));
      clock.advance(Duration.ofSeconds(6));
      assertThat(await(here.verify(token)).getInteger("a")).isEqualTo(1);
    } finally {
      await(node.mongo.removeDocument("signing_keys", new JsonObject().put("_id", 2)));
    }
  }

  // ---- Device sessions

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
            Catalogue.USER_LOGIN,
            new Login(app.appKey(), "Ann", null, PASSWORD, null, "Firefox on Linux"));

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

    node.call(Catalogue.USER_LOGOUT, callerOf(app, in), new Logout(null));

    SessionEnded ended = new SessionEnded(sessionOf(in), in.userId(), "logged_out");
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(ended);
    assertThat(revokedSince(before)).contains(ended);
    assertThat(revokedSince(before.plusSeconds(1))).doesNotContain(ended);
    assertThat(verify(in).valid()).isFalse();
    refused(ErrorCode.UNAUTHENTICATED, () -> refresh(in));
    node.call(Catalogue.USER_LOGOUT, callerOf(app, in), new Logout(null)); // Again is harmless.

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
        () -> node.call(Catalogue.USER_LOGOUT, callerOf(app, ben), new Logout(phone.deviceId())));
    node.call(Catalogue.USER_LOGOUT, callerOf(app, laptop), new Logout(phone.deviceId()));

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
            Store.byId(sessionOf(in))
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
    try (UmsNode small =
        new UmsNode(mongo.connectionString(), clock, Map.of("ums.sessions_per_user", "3"))) {
      registerUser(app, "Ann");
      List<LoggedIn> logins = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        logins.add(
            small.call(
                Catalogue.USER_LOGIN, new Login(app.appKey(), "Ann", null, PASSWORD, null, null)));
        clock.advance(Duration.ofSeconds(1));
      }
      LoggedIn kept = small.call(Catalogue.USER_REFRESH, new Refresh(logins.get(0).refreshToken()));
      clock.advance(Duration.ofSeconds(1));
      small.call(Catalogue.USER_LOGIN, new Login(app.appKey(), "Ann", null, PASSWORD, null, null));

      assertThat(verify(kept).valid()).isTrue();
      assertThat(verify(logins.get(1)).valid()).isFalse();
      assertThat(verify(logins.get(2)).valid()).isTrue();
      assertThat(sessions(callerOf(app, kept))).hasSize(3);
    }
  }

  // ---- Refresh tokens

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
        await(node.mongo.findOne("device_sessions", Store.byId(first.userId()), null));
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
          () -> node.call(Catalogue.USER_REFRESH, new Refresh(madeUp, true)));
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

  // ---- Limits

  @Test
  void guessing_a_password_is_limited_also_for_names_that_nobody_has() {
    registerUser(app, "Ann");
    for (String name : List.of("Ann", "Nobody")) {
      for (int i = 0; i < 10; i++) {
        refused(
            ErrorCode.UNAUTHENTICATED,
            () ->
                node.call(
                    Catalogue.USER_LOGIN,
                    new Login(app.appKey(), name, null, "wrong", null, null)));
      }
      JovialException limited =
          (JovialException)
              failureOf(new Login(app.appKey(), name.toUpperCase(), null, PASSWORD, null, null));
      assertThat(limited.code()).isEqualTo(ErrorCode.RATE_LIMITED);
      assertThat(limited.details())
          .containsEntry("retry_after_ms", Duration.ofMinutes(15).toMillis());
    }
    try (UmsNode restarted = new UmsNode(mongo.connectionString(), clock, Map.of())) {
      refused(
          ErrorCode.RATE_LIMITED,
          () ->
              restarted.call(
                  Catalogue.USER_LOGIN,
                  new Login(app.appKey(), "Ann", null, PASSWORD, null, null)));
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
                        Catalogue.USER_LOGIN,
                        Caller.anyone(null, null),
                        new Login(app.appKey(), "Ann", null, "wrong" + i, null, null)))
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
        failureOf(new Login(app.appKey(), "Ann", null, "wrong", null, null));
      }
      assertThat(login(app, "Ann").userId()).isNotEmpty();
    }
  }

  @Test
  void more_hashes_than_the_queue_holds_are_told_to_try_again() {
    try (UmsNode slow =
        new UmsNode(
            mongo.connectionString(),
            clock,
            Map.of(
                "ums.password_threads", "1",
                "ums.password_queue", "2",
                "ums.argon2_memory_kib", "19456"))) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        all.add(
            slow.send(
                Catalogue.USER_REGISTER,
                Caller.anyone(null, null),
                new UserRegister(app.appKey(), PASSWORD, null, null)));
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

  // ---- Tenants and planes

  @Test
  void a_key_of_one_app_is_worth_nothing_in_another() {
    String ann = registerUser(app, "Ann");
    AppRegistered other = registerApp("Other");

    refused(ErrorCode.UNAUTHENTICATED, () -> login(other, "Ann"));
    refused(
        ErrorCode.UNAUTHENTICATED,
        () ->
            node.call(
                Catalogue.USER_LOGIN, new Login(other.appKey(), null, ann, PASSWORD, null, null)));
  }

  @Test
  void what_users_may_do_needs_a_user() {
    Caller nobody = Caller.anyone(null, null);
    refused(
        ErrorCode.UNAUTHENTICATED,
        () -> node.call(Catalogue.USER_LOGOUT, nobody, new Logout(null)));
    refused(
        ErrorCode.UNAUTHENTICATED,
        () -> node.call(Catalogue.USER_SESSIONS, nobody, Nothing.NOTHING));
    refused(
        ErrorCode.UNAUTHENTICATED,
        () -> node.call(Catalogue.USERS_FIND, nobody, new FindUsers("x", null, null, null)));
  }

  @Test
  void what_services_may_do_needs_a_service() {
    registerUser(app, "Ann");
    Caller user = callerOf(app, login(app, "Ann"));
    refused(ErrorCode.FORBIDDEN, () -> node.call(Catalogue.PUBLIC_KEYS, user, Nothing.NOTHING));
    refused(
        ErrorCode.FORBIDDEN,
        () -> node.call(Catalogue.REVOKED_SINCE, user, new RevokedSince(clock.instant())));
    refused(
        ErrorCode.FORBIDDEN,
        () -> node.call(Catalogue.USER_EXISTS, user, new UserExistsQuery(app.appId(), "x")));
  }

  @Test
  void what_has_expired_is_removed_and_nothing_else() {
    registerUser(app, "Ann");
    LoggedIn in = login(app, "Ann");
    node.call(Catalogue.USER_LOGOUT, callerOf(app, in), new Logout(null));
    LoggedIn alive = login(app, "Ann");

    clock.advance(Duration.ofHours(2));
    await(Store.purge(node.mongo, clock.instant()));

    assertThat(revokedSince(Instant.EPOCH))
        .extracting(SessionEnded::sessionId)
        .doesNotContain(sessionOf(in));
    assertThat(refresh(alive).userId()).isEqualTo(in.userId());
  }

  // ---- Helpers

  private AppRegistered registerApp(String name) {
    return node.call(Catalogue.APP_REGISTER, new AppRegister(name, null));
  }

  private String registerUser(AppRegistered of, @Nullable String username) {
    return node.call(
            Catalogue.USER_REGISTER, new UserRegister(of.appKey(), PASSWORD, username, null))
        .userId();
  }

  private LoggedIn login(AppRegistered of, String username) {
    return login(of, username, null);
  }

  private LoggedIn login(AppRegistered of, String username, @Nullable String deviceId) {
    return node.call(
        Catalogue.USER_LOGIN, new Login(of.appKey(), username, null, PASSWORD, deviceId, null));
  }

  private LoggedIn token(AppRegistered of, String externalId, @Nullable Profile profile) {
    return node.call(
        Catalogue.USER_TOKEN, new UserToken(of.appId(), of.appSecret(), externalId, profile));
  }

  private LoggedIn refresh(LoggedIn in) {
    return refresh(in, null);
  }

  private LoggedIn refresh(LoggedIn in, @Nullable Boolean retry) {
    return node.call(Catalogue.USER_REFRESH, new Refresh(in.refreshToken(), retry));
  }

  private List<Future<LoggedIn>> refreshMany(LoggedIn in, @Nullable Boolean retry) {
    List<Future<LoggedIn>> all =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    node.send(
                        Catalogue.USER_REFRESH,
                        Caller.anyone(null, null),
                        new Refresh(in.refreshToken(), retry)))
            .toList();
    await(Future.join(all).otherwiseEmpty());
    return all;
  }

  private UserVerified verify(LoggedIn in) {
    return node.call(Catalogue.USER_VERIFY, new UserVerify(in.userToken()));
  }

  private boolean isUserToken(String token) {
    return node.call(Catalogue.USER_VERIFY, new UserVerify(token)).valid();
  }

  private boolean isAppKey(String token) {
    return node.call(Catalogue.APP_VERIFY, new AppVerify(token)).valid();
  }

  private List<FoundUser> find(Caller caller, FindUsers request) {
    return node.call(Catalogue.USERS_FIND, caller, request).users();
  }

  private boolean exists(String appId, String userId) {
    return node.call(Catalogue.USER_EXISTS, Caller.SERVICE, new UserExistsQuery(appId, userId))
        .exists();
  }

  private List<DeviceSession> sessions(Caller caller) {
    return node.call(Catalogue.USER_SESSIONS, caller, Nothing.NOTHING).sessions();
  }

  private List<SessionEnded> revokedSince(Instant since) {
    return node.call(Catalogue.REVOKED_SINCE, Caller.SERVICE, new RevokedSince(since)).sessions();
  }

  /** As another node would load them. */
  private Future<SigningKeys> keysOf(UmsNode on) {
    BoundedWorkers workers =
        new BoundedWorkers(on.vertx, "tokens", 2, 100, new SimpleMeterRegistry());
    return SigningKeys.load(on.vertx, workers, on.mongo, clock);
  }

  private BlockingQueue<SessionEnded> listen() {
    BlockingQueue<SessionEnded> told = new LinkedBlockingQueue<>();
    await(
        node.vertx
            .eventBus()
            .<SessionEnded>consumer(
                Catalogue.SESSION_ENDED.address(), message -> told.add(message.body()))
            .completion());
    return told;
  }

  private Throwable failureOf(Login request) {
    return await(
        node.send(Catalogue.USER_LOGIN, Caller.anyone(null, null), request)
            .transform(done -> Future.succeededFuture(done.cause())));
  }

  /** As the edge makes it from the token's claims. */
  private static Caller callerOf(AppRegistered of, LoggedIn in) {
    return Caller.user(of.appId(), in.userId(), in.deviceId(), sessionOf(in), null, null);
  }

  private static String sessionOf(LoggedIn in) {
    return ForgedTokens.claimsOf(in.userToken()).getString("sid");
  }

  private static AppRegistered withKey(AppRegistered of, String appKey) {
    return new AppRegistered(of.appId(), of.appSecret(), appKey);
  }

  private static ErrorCode codeOf(Throwable failure) {
    return ((JovialException) failure).code();
  }

  private static void refused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            JovialException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}
