package chat.jovial.client.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** User of the app, as others find them. */
public record User(String userId, String username) {
  /** For the kit: the first in the reply of {@code ums.users.find}. */
  public static Optional<User> firstOf(Map<String, Object> reply) {
    if (reply.get("users") instanceof List<?> users
        && !users.isEmpty()
        && users.get(0) instanceof Map<?, ?> user) {
      return Optional.of(
          new User(String.valueOf(user.get("user_id")), String.valueOf(user.get("username"))));
    }
    return Optional.empty();
  }
}
