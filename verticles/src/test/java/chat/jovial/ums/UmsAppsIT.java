package chat.jovial.ums;

import static chat.jovial.ums.UmsNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.UmsOperations;
import chat.jovial.contract.ums.AppRegistered;
import chat.jovial.contract.ums.AppVerified;
import chat.jovial.contract.ums.IssueAppKey;
import chat.jovial.contract.ums.RegisterApp;
import chat.jovial.contract.ums.VerifyApp;
import chat.jovial.ums.account.AppSecrets;
import chat.jovial.ums.store.UmsSchema;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Apps, their keys and secrets. */
class UmsAppsIT extends OnUmsNode {
  @Test
  void an_app_gets_an_id_a_secret_and_a_key_that_names_it() {
    AppVerified verified = node.call(UmsOperations.APP_VERIFY, new VerifyApp(app.appKey()));

    assertThat(verified).isEqualTo(new AppVerified(true, app.appId(), "Jovial"));
    assertThat(app.appSecret()).hasSizeGreaterThanOrEqualTo(43);
    JsonObject stored = await(node.mongo.findOne("apps", UmsSchema.byId(app.appId()), null));
    assertThat(stored.encode()).doesNotContain(app.appSecret()).contains("$argon2id$v=19$");
  }

  @Test
  void a_fresh_app_key_needs_the_secret() {
    String fresh =
        node.call(UmsOperations.APP_KEY, new IssueAppKey(app.appId(), app.appSecret())).appKey();
    assertThat(node.call(UmsOperations.APP_VERIFY, new VerifyApp(fresh)).valid()).isTrue();

    AppRegistered other = registerApp("Other");
    refused(
        ErrorCode.UNAUTHENTICATED,
        () -> node.call(UmsOperations.APP_KEY, new IssueAppKey(app.appId(), other.appSecret())));
    refused(
        ErrorCode.UNAUTHENTICATED,
        () -> node.call(UmsOperations.APP_KEY, new IssueAppKey("nobody", app.appSecret())));
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
          () -> node.call(UmsOperations.APP_KEY, new IssueAppKey(app.appId(), wrong)));
    }
  }

  @Test
  void an_app_key_of_another_secret_version_is_not_valid() {
    await(
        node.mongo.updateCollection(
            "apps",
            UmsSchema.byId(app.appId()),
            new JsonObject().put("$set", new JsonObject().put("secret_version", 2))));
    assertThat(node.call(UmsOperations.APP_VERIFY, new VerifyApp(app.appKey())).valid()).isFalse();
  }

  @Test
  void with_an_operator_key_set_nobody_registers_an_app_without_it() {
    try (UmsNode closed = new UmsNode(STORES, clock, Map.of("ums.operator_key", "0perator"))) {
      refused(
          ErrorCode.UNAUTHENTICATED,
          () -> closed.call(UmsOperations.APP_REGISTER, new RegisterApp("Mine", null)));
      refused(
          ErrorCode.UNAUTHENTICATED,
          () -> closed.call(UmsOperations.APP_REGISTER, new RegisterApp("Mine", "operator")));
      assertThat(
              closed.call(UmsOperations.APP_REGISTER, new RegisterApp("Mine", "0perator")).appId())
          .isNotEmpty();
    }
  }
}
