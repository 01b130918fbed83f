package chat.jovial.client.connection;

import chat.jovial.client.json.Json;
import chat.jovial.client.model.JovialException;
import chat.jovial.client.model.Tokens;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeper of the tokens of this device session, which also gets the next: from the app's own
 * provider, or with the refresh token. Confined to the executor.
 */
public final class TokenKeeper {
  private final @Nullable Supplier<CompletableFuture<Tokens>> provider;
  private final Consumer<Tokens> onRenewed;
  private @Nullable Tokens tokens;
  private boolean refreshUnanswered;

  /**
   * @param tokens the newest that are known
   * @param maybeUsed whether an earlier run may have used the refresh token and lost the reply
   * @param onRenewed is told of new ones, on the executor
   */
  public TokenKeeper(
      @Nullable Tokens tokens,
      boolean maybeUsed,
      @Nullable Supplier<CompletableFuture<Tokens>> provider,
      Consumer<Tokens> onRenewed) {
    this.tokens = tokens;
    this.refreshUnanswered = maybeUsed;
    this.provider = provider;
    this.onRenewed = onRenewed;
  }

  public @Nullable Tokens tokens() {
    return tokens;
  }

  boolean canRenew() {
    Tokens known = tokens;
    return provider != null || (known != null && known.refreshToken() != null);
  }

  /** When the user token ends, by its own words. */
  @Nullable Instant expiresAt() {
    Tokens known = tokens;
    if (known == null) {
      return null;
    }
    return known.expiresAt() != null ? known.expiresAt() : Claims.of(known.userToken()).expiresAt();
  }

  /**
   * New tokens, or the failure.
   *
   * @param refresh sends a request body to {@code ums.user.refresh}
   */
  CompletableFuture<Tokens> renew(Function<ObjectNode, CompletableFuture<JsonNode>> refresh) {
    if (provider != null) {
      CompletableFuture<Tokens> provided;
      try {
        provided = provider.get();
      } catch (RuntimeException e) {
        provided = CompletableFuture.failedFuture(e);
      }
      return provided;
    }
    Tokens known = tokens;
    if (known == null || known.refreshToken() == null) {
      return CompletableFuture.failedFuture(
          new JovialException("unauthenticated", "there is no refresh token; log in again"));
    }
    ObjectNode body = Json.object().put("refresh_token", known.refreshToken());
    if (refreshUnanswered) {
      body.put("retry", true);
    }
    refreshUnanswered = true;
    return refresh.apply(body).thenApply(TokenKeeper::read);
  }

  /** On the executor. */
  void handleRenewed(Tokens next) {
    refreshUnanswered = false;
    tokens = next;
    onRenewed.accept(next);
  }

  /** Tokens as {@code ums.user.login} and its like answer. */
  public static Tokens read(JsonNode json) {
    return new Tokens(
        Json.required(json, "user_token"),
        Json.text(json, "refresh_token"),
        Json.time(json, "expires_at"),
        Json.text(json, "user_id"),
        Json.text(json, "device_id"));
  }
}
