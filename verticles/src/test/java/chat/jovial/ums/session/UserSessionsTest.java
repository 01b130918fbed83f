package chat.jovial.ums.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserSessionsTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration LIFETIME = Duration.ofDays(60);

  private final UserSessions none = new UserSessions("app", List.of(), List.of(), Map.of());

  @Test
  void a_session_takes_the_place_of_the_one_with_its_id() {
    UserSessions both = none.with(session("s1", "d1", START)).with(session("s2", "d2", START));

    UserSessions changed = both.with(session("s1", "d1", START.plusSeconds(1)));

    assertThat(changed.sessions()).extracting(StoredSession::sessionId).containsExactly("s2", "s1");
    assertThat(changed.devices()).containsExactly("d2", "d1");
    assertThat(changed.without("s2").ofDevice("d2")).isEmpty();
    assertThat(changed.without("s2").hasDevice("d2")).isTrue();
  }

  @Test
  void those_unused_for_longest_are_too_many() {
    UserSessions three =
        none.with(session("new", "d1", START.plusSeconds(3)))
            .with(session("old", "d2", START))
            .with(session("middle", "d3", START.plusSeconds(1)));

    assertThat(three.beyond(3)).isEmpty();
    assertThat(three.beyond(1))
        .extracting(StoredSession::sessionId)
        .containsExactly("old", "middle");
  }

  @Test
  void remembered_devices_are_bounded_and_the_newest_stay() {
    UserSessions many = none;
    for (int i = 0; i < UserSessions.MAX_DEVICES + 5; i++) {
      many = many.with(session("s" + i, "d" + i, START)).without("s" + i);
    }
    assertThat(many.devices()).hasSize(UserSessions.MAX_DEVICES).contains("d104");
    assertThat(many.hasDevice("d4")).isFalse();
  }

  @Test
  void what_has_expired_is_not_read_again() {
    UserSessions two =
        none.with(session("s1", "d1", START)).with(session("s2", "d2", START.plusSeconds(1)));

    UserSessions later = UserSessions.of(two.toDocument(START), "app", START.plus(LIFETIME));

    assertThat(later.sessions()).extracting(StoredSession::sessionId).containsExactly("s2");
    assertThat(UserSessions.of(two.toDocument(START), "app", START)).isEqualTo(two);
  }

  private static StoredSession session(String sessionId, String deviceId, Instant at) {
    RefreshToken token = RefreshToken.random("user", sessionId, new SecureRandom());
    return StoredSession.begin(token, deviceId, null, "key", at, LIFETIME);
  }
}
