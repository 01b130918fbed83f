package chat.jovial.ums;

import static chat.jovial.ums.UmsNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.Caller;
import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.UmsOperations;
import chat.jovial.contract.ums.AppRegistered;
import chat.jovial.contract.ums.FindUsers;
import chat.jovial.contract.ums.FoundUser;
import chat.jovial.contract.ums.IssueUserToken;
import chat.jovial.contract.ums.LogIn;
import chat.jovial.contract.ums.LoggedIn;
import chat.jovial.contract.ums.Profile;
import chat.jovial.contract.ums.RegisterUser;
import chat.jovial.contract.ums.UserVerified;
import chat.jovial.ums.store.UmsSchema;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Users register, log in and are found, each in their own app. */
class UmsUsersIT extends OnUmsNode {
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
                    UmsOperations.USER_LOGIN,
                    new LogIn(app.appKey(), null, userId, PASSWORD, null, null))
                .userId())
        .isEqualTo(userId);
    JsonObject stored = await(node.mongo.findOne("users", UmsSchema.byId(userId), null));
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
              UmsOperations.USER_REGISTER,
              Caller.anyone(null, null),
              new RegisterUser(app.appKey(), PASSWORD, name, null)));
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
                UmsOperations.USER_REGISTER,
                new RegisterUser(app.appKey(), PASSWORD, "an.n", profile))
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
            failureOf(new LogIn(app.appKey(), "Ann", null, "wrong", null, null)),
            failureOf(new LogIn(app.appKey(), "Nobody", null, PASSWORD, null, null)),
            failureOf(new LogIn(app.appKey(), null, "nobody", PASSWORD, null, null)),
            failureOf(new LogIn(app.appKey(), null, external, PASSWORD, null, null)));

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
            UmsOperations.USER_TOKEN,
            new IssueUserToken(app.appId(), app.appSecret(), "ext/1", null, first.deviceId()));
    assertThat(sameDevice.deviceId()).isEqualTo(first.deviceId());
    AppRegistered other = registerApp("Other");
    assertThat(token(other, "ext/1", null).userId()).isNotEqualTo(first.userId());
    refused(
        ErrorCode.UNAUTHENTICATED,
        () ->
            node.call(
                UmsOperations.USER_TOKEN,
                new IssueUserToken(app.appId(), other.appSecret(), "ext/1", null)));
  }

  @Test
  void one_external_id_asked_for_many_times_at_once_is_one_user() {
    List<Future<LoggedIn>> all =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    node.send(
                        UmsOperations.USER_TOKEN,
                        Caller.anyone(null, null),
                        new IssueUserToken(app.appId(), app.appSecret(), "storm", null)))
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
}
