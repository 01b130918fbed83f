package chat.jovial.ums;

import static chat.jovial.ums.UmsNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.Caller;
import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.UmsOperations;
import chat.jovial.contract.ums.LoggedIn;
import chat.jovial.contract.ums.RegisterUser;
import chat.jovial.contract.ums.UserVerified;
import chat.jovial.contract.ums.VerifyApp;
import chat.jovial.contract.ums.VerifyUser;
import chat.jovial.ums.token.SigningKey;
import chat.jovial.ums.token.SigningKeys;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tokens and the keys that sign them. */
class UmsTokensIT extends OnUmsNode {
  @Test
  void an_app_key_is_no_user_token_and_the_other_way_round() {
    registerUser(app, "Ann");
    LoggedIn in = login(app, "Ann");

    assertThat(node.call(UmsOperations.USER_VERIFY, new VerifyUser(app.appKey())).valid())
        .isFalse();
    assertThat(node.call(UmsOperations.APP_VERIFY, new VerifyApp(in.userToken())).valid())
        .isFalse();
    refused(
        ErrorCode.UNAUTHENTICATED,
        () ->
            node.call(
                UmsOperations.USER_REGISTER,
                new RegisterUser(in.userToken(), PASSWORD, "Ben", null)));
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
        node.call(UmsOperations.PUBLIC_KEYS, Caller.SERVICE, Nothing.NOTHING).keys().get(0);

    for (String forged : ForgedTokens.of(in.userToken(), key)) {
      assertThat(node.call(UmsOperations.USER_VERIFY, new VerifyUser(forged)).valid())
          .as(forged)
          .isFalse();
    }
    for (String forged : ForgedTokens.of(app.appKey(), key)) {
      assertThat(node.call(UmsOperations.APP_VERIFY, new VerifyApp(forged)).valid())
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
    await(node.mongo.insert("signing_keys", unwrapped(second)));
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

  @Test
  void private_halves_lie_wrapped_in_the_store_also_those_of_earlier_releases() {
    SigningKey earlier = SigningKey.generate(3);
    await(node.mongo.insert("signing_keys", unwrapped(earlier)));
    try {
      SigningKeys keys = await(keysOf(node));
      String token = await(keys.sign(new JsonObject().put("a", 1)));

      assertThat(await(keys.verify(token)).getInteger("a")).isEqualTo(1);
      List<JsonObject> stored = await(node.mongo.find("signing_keys", new JsonObject()));
      assertThat(stored)
          .isNotEmpty()
          .allSatisfy(
              document -> {
                assertThat(document.getJsonObject("jwk").containsKey("d")).isFalse();
                assertThat(document.getString("master")).isEqualTo(UmsNode.MASTERS.wrapsWith());
              });
      assertThat(stored.toString()).doesNotContain(earlier.jwk().getString("d"));
    } finally {
      await(node.mongo.removeDocument("signing_keys", new JsonObject().put("_id", 3)));
    }
  }

  /** As releases before this one stored a key. */
  private static JsonObject unwrapped(SigningKey key) {
    return new JsonObject().put("_id", key.generation()).put("jwk", key.jwk());
  }
}
