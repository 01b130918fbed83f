package chat.jovial.client.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Options of a message.
 *
 * @param clientId an id that the app has made; null for a new one
 * @param replyTo the seq that it answers
 * @param expiresIn after this time its body goes away everywhere
 */
public record SendOptions(
    @Nullable String clientId, @Nullable Long replyTo, @Nullable Duration expiresIn) {
  public static final SendOptions NONE = new SendOptions(null, null, null);

  public SendOptions replyTo(long seq) {
    return new SendOptions(clientId, seq, expiresIn);
  }

  public SendOptions expiresIn(Duration time) {
    return new SendOptions(clientId, replyTo, time);
  }

  public SendOptions clientId(String id) {
    return new SendOptions(id, replyTo, expiresIn);
  }
}
