package chat.jovial.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Service;
import chat.jovial.contract.bus.Call;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.contract.codec.Codecs;
import chat.jovial.contract.fss.FileToken;
import chat.jovial.contract.ums.PublicKeys;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FileTokenVerifierTest {
  private static final String ALICE = Ids.text(new UUID(0x7000, 0xa));
  private static final String BOB = Ids.text(new UUID(0x7000, 0xb));
  private static final String MALLORY = Ids.text(new UUID(0x7000, 0xc));
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private final Vertx vertx = Vertx.vertx();
  private final TestTokens tokens = new TestTokens(vertx, "key-1");
  private final AtomicInteger keysRead = new AtomicInteger();
  private final FileTokenVerifier verifier = at(NOW);

  @BeforeEach
  void publishKeys() {
    Codecs.register(vertx.eventBus());
    vertx
        .eventBus()
        .<Call>localConsumer(
            Service.UMS.address(),
            message -> {
              keysRead.incrementAndGet();
              message.reply(new PublicKeys(List.of(tokens.publicKey())));
            });
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void a_token_lets_those_users_read_whom_it_names() {
    String token = sign(claims(users(BOB)));

    assertThat(verify(token, BOB).mimeType()).isEqualTo("image/png");
    assertForbidden(token, "file", MALLORY, "not for you");
  }

  @Test
  void a_token_for_a_conversation_lets_its_members_read() {
    String conversation = Ids.directConversation(ALICE, BOB);
    String token = sign(claims(new JsonObject().put("conversation_id", conversation)));

    assertThat(verify(token, ALICE).sub()).isEqualTo(ALICE);
    assertThat(verify(token, BOB).sub()).isEqualTo(ALICE);
    assertForbidden(token, "file", MALLORY, "not for you");
  }

  @Test
  void a_token_for_the_app_lets_all_its_users_read_and_one_for_a_space_nobody_yet() {
    assertThat(verify(sign(claims(new JsonObject().put("app", true))), MALLORY)).isNotNull();
    assertForbidden(
        sign(claims(new JsonObject().put("space_id", "s"))), "file", ALICE, "not for you");
  }

  @Test
  void a_token_is_for_one_file_of_one_app() {
    String token = sign(claims(users(BOB)));

    assertForbidden(token, "another", BOB, "for another file");
    assertThatThrownBy(() -> verifier.verify(token, "file", "another app", BOB).await())
        .hasMessageContaining("for another file");
  }

  @Test
  void a_token_that_has_expired_is_refused_also_when_it_is_remembered() {
    String token = sign(claims(users(BOB)));
    FileTokenVerifier later = at(NOW.plusSeconds(60));

    verify(token, BOB);

    assertThatThrownBy(() -> later.verify(token, "file", "app", BOB).await())
        .hasMessageContaining("expired");
    assertThat(at(NOW.plusSeconds(59)).verify(token, "file", "app", BOB).await()).isNotNull();
  }

  @Test
  void a_token_without_the_right_to_read_is_refused() {
    assertForbidden(
        sign(claims(users(BOB)).put("access", new JsonArray())), "file", BOB, "does not let read");
  }

  @Test
  void what_is_no_token_for_files_is_refused() {
    assertForbidden(null, "file", BOB, "?token=");
    assertForbidden("", "file", BOB, "?token=");
    assertForbidden("nonsense", "file", BOB, "not valid");
    assertForbidden("x".repeat(FileToken.MAX_CHARACTERS + 1), "file", BOB, "not valid");
    assertForbidden(sign(claims(users(BOB)).put("aud", "user")), "file", BOB, "not valid");
    JsonObject incomplete = claims(users(BOB));
    incomplete.remove("grant");
    assertForbidden(sign(incomplete), "file", BOB, "not valid");
    String foreign = new TestTokens(vertx, "key-1").sign(claims(users(BOB)));
    assertForbidden(foreign, "file", BOB, "not valid");
  }

  @Test
  void the_signature_of_a_remembered_token_is_not_verified_again() {
    String token = sign(claims(users(BOB)));
    verify(token, BOB);
    int read = keysRead.get();

    verify(token, BOB);

    assertThat(keysRead).hasValue(read);
    String forged = token.substring(0, token.length() - 4) + "AAAA";
    assertForbidden(forged, "file", BOB, "not valid");
  }

  private FileTokenVerifier at(Instant now) {
    ServiceClient services = new ServiceClient(vertx.eventBus(), Duration.ofSeconds(10));
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    return new FileTokenVerifier(new KeyRing(vertx, services, clock), new Memberships(), clock);
  }

  private FileTokenClaims verify(String token, String userId) {
    return verifier.verify(token, "file", "app", userId).await();
  }

  private void assertForbidden(@Nullable String token, String fileId, String userId, String why) {
    assertThatThrownBy(() -> verifier.verify(token, fileId, "app", userId).await())
        .isInstanceOfSatisfying(
            JovialException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.FORBIDDEN))
        .hasMessageContaining(why);
  }

  private String sign(JsonObject claims) {
    return tokens.sign(claims);
  }

  private static JsonObject users(String userId) {
    return new JsonObject().put("user_ids", new JsonArray().add(userId));
  }

  private static JsonObject claims(JsonObject grant) {
    return new JsonObject()
        .put("iss", "jovial")
        .put("aud", "file")
        .put("sub", ALICE)
        .put("app_id", "app")
        .put("file_id", "file")
        .put("access", new JsonArray().add("read"))
        .put("mime_type", "image/png")
        .put("grant", grant)
        .put("exp", NOW.getEpochSecond() + 60);
  }
}
