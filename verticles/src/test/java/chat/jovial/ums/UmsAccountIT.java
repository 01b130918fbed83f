package chat.jovial.ums;

import static chat.jovial.ums.UmsNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.Caller;
import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.UmsOperations;
import chat.jovial.contract.ums.Account;
import chat.jovial.contract.ums.AppRegistered;
import chat.jovial.contract.ums.GetAccount;
import chat.jovial.contract.ums.GetPresencePreferences;
import chat.jovial.contract.ums.LoggedIn;
import chat.jovial.contract.ums.PresencePreference;
import chat.jovial.contract.ums.Profile;
import chat.jovial.contract.ums.RegisterUser;
import chat.jovial.contract.ums.UpdateAccount;
import chat.jovial.ums.account.User;
import chat.jovial.ums.store.UmsSchema;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An account: read and changed by its user, shown in part to others of the app. */
class UmsAccountIT extends OnUmsNode {
  private static final Profile PROFILE =
      new Profile("Ann Example", "ann@example.org", "+1", "Street 1");

  private String annId = "";
  private Caller ann = Caller.anyone(null, null);

  @BeforeEach
  void registerAnn() {
    annId =
        node.call(
                UmsOperations.USER_REGISTER,
                new RegisterUser(app.appKey(), PASSWORD, "ann", PROFILE))
            .userId();
    ann = callerOf(app, login(app, "ann"));
  }

  @Test
  void a_user_reads_all_of_their_own_account() {
    Account account = get(ann, null);

    assertThat(account).isEqualTo(new Account(annId, "ann", PROFILE, Map.of(), clock.instant()));
    assertThat(get(ann, annId)).isEqualTo(account);
  }

  @Test
  void others_of_the_app_see_the_name_only_and_other_apps_nothing() {
    update(ann, null, Map.of("language", "de"));
    registerUser(app, "ben");
    Caller ben = callerOf(app, login(app, "ben"));
    AppRegistered other = registerApp("Other");
    registerUser(other, "ann");
    Caller stranger = callerOf(other, login(other, "ann"));

    assertThat(get(ben, annId))
        .isEqualTo(
            new Account(
                annId, "ann", new Profile("Ann Example", null, null, null), null, clock.instant()));
    refused(ErrorCode.NOT_FOUND, () -> get(stranger, annId));
    refused(ErrorCode.NOT_FOUND, () -> get(ben, "nobody"));
    assertThat(get(stranger, null).userId()).isNotEqualTo(annId);
  }

  @Test
  void given_fields_replace_null_removes_and_the_others_stay() {
    Map<String, @Nullable String> changes = new HashMap<>();
    changes.put("email", "ann@example.com");
    changes.put("phone", null);
    changes.put("shoe_size", "40");
    Account changed = update(ann, changes, null);

    Profile expected = new Profile("Ann Example", "ann@example.com", null, "Street 1");
    assertThat(changed.profile()).isEqualTo(expected);
    assertThat(get(ann, null)).isEqualTo(changed);
    assertThat(await(node.mongo.findOne("users", UmsSchema.byId(annId), null)).encode())
        .doesNotContain("shoe_size");

    update(ann, null, Map.of("language", "de", "time_zone", "Europe/Berlin"));
    Map<String, @Nullable String> preferences = new HashMap<>();
    preferences.put("language", null);
    preferences.put("theme", "dark");
    assertThat(update(ann, null, preferences).preferences())
        .isEqualTo(Map.of("time_zone", "Europe/Berlin", "theme", "dark"));
    assertThat(get(ann, null).profile()).isEqualTo(expected);
  }

  @Test
  void all_of_a_profile_can_be_removed_and_come_back() {
    Map<String, @Nullable String> nothing = new HashMap<>();
    User.PROFILE_FIELDS.forEach(field -> nothing.put(field, null));
    assertThat(update(ann, nothing, null).profile()).isEqualTo(new Profile(null, null, null, null));
    // Again, now that there is nothing to remove, and for one who never had a profile.
    update(ann, nothing, null);
    registerUser(app, "ben");
    Caller ben = callerOf(app, login(app, "ben"));
    assertThat(update(ben, nothing, null).profile()).isEqualTo(new Profile(null, null, null, null));
    assertThat(update(ben, Map.of("name", "Ben"), null).profile())
        .isEqualTo(new Profile("Ben", null, null, null));
  }

  @Test
  void changes_at_the_same_time_are_all_kept_and_none_gets_over_the_bound() {
    List<Future<Account>> all = new ArrayList<>();
    for (int round = 0; round < 5; round++) {
      // Fewer at once than a change may lose to others before it is told to come later.
      for (int i = 20 * round; i < 20 * round + 20; i++) {
        Map<String, @Nullable String> profile =
            i == 1 ? Map.of("phone", "+2") : i == 2 ? Map.of("name", "A") : null;
        all.add(
            node.send(
                UmsOperations.ACCOUNT_UPDATE,
                ann,
                new UpdateAccount(profile, Map.of("p" + i % 70, "v"))));
      }
      await(Future.join(all).otherwiseEmpty());
    }

    Account after = get(ann, null);
    assertThat(after.preferences()).hasSize(UpdateAccount.MAX_PREFERENCES);
    assertThat(all)
        .filteredOn(Future::failed)
        .isNotEmpty()
        .extracting(failed -> codeOf(failed.cause()))
        .containsOnly(ErrorCode.INVALID_REQUEST);
    assertThat(after.profile()).isEqualTo(new Profile("A", "ann@example.org", "+2", "Street 1"));
  }

  @Test
  void who_may_see_presence_is_told_for_those_who_exist_in_the_app() {
    String ben = registerUser(app, "ben");
    String cid = registerUser(app, "cid");
    AppRegistered other = registerApp("Other");
    String stranger = registerUser(other, "dan");
    update(ann, null, Map.of("presence", "nobody"));
    update(callerOf(app, login(app, "ben")), null, Map.of("presence", "contacts"));
    update(callerOf(other, login(other, "dan")), null, Map.of("presence", "everyone"));

    assertThat(presence(app, List.of(annId, ben, cid, stranger, "nobody", ben)))
        .containsExactlyInAnyOrder(
            new PresencePreference(annId, "nobody", null),
            new PresencePreference(ben, "contacts", null),
            new PresencePreference(cid, "everyone", null));
    assertThat(presence(other, List.of(annId, ben))).isEmpty();
    assertThat(presence(app, List.of())).isEmpty();

    Map<String, @Nullable String> removed = new HashMap<>();
    removed.put("presence", null);
    update(ann, null, removed);
    assertThat(presence(app, List.of(annId)))
        .containsExactly(new PresencePreference(annId, "everyone", null));
  }

  @Test
  void a_user_who_is_gone_has_no_account() {
    await(node.mongo.removeDocument("users", UmsSchema.byId(annId)));
    refused(ErrorCode.NOT_FOUND, () -> get(ann, null));
    refused(ErrorCode.NOT_FOUND, () -> update(ann, Map.of("name", "x"), null));
    assertThat(await(node.mongo.findOne("users", new JsonObject().put("_id", annId), null)))
        .isNull();
  }

  @Test
  void an_account_needs_a_user() {
    Caller nobody = Caller.anyone(null, null);
    LoggedIn in = login(app, "ann");
    assertThat(in.userId()).isEqualTo(annId);
    refused(ErrorCode.UNAUTHENTICATED, () -> get(nobody, annId));
    refused(ErrorCode.UNAUTHENTICATED, () -> update(nobody, Map.of("name", "x"), null));
    refused(
        ErrorCode.FORBIDDEN,
        () ->
            node.call(
                UmsOperations.USERS_PRESENCE,
                ann,
                new GetPresencePreferences(app.appId(), List.of(annId))));
  }

  private Account get(Caller caller, @Nullable String userId) {
    return node.call(UmsOperations.ACCOUNT_GET, caller, new GetAccount(userId));
  }

  private Account update(
      Caller caller,
      @Nullable Map<String, @Nullable String> profile,
      @Nullable Map<String, @Nullable String> preferences) {
    return node.call(UmsOperations.ACCOUNT_UPDATE, caller, new UpdateAccount(profile, preferences));
  }

  private List<PresencePreference> presence(AppRegistered of, List<String> userIds) {
    return node.call(
            UmsOperations.USERS_PRESENCE,
            Caller.SERVICE,
            new GetPresencePreferences(of.appId(), userIds))
        .users();
  }
}
