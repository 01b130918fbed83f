package chat.jovial.edge.operations;

import chat.jovial.contract.ums.Revocations;
import chat.jovial.contract.ums.SessionEnded;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Set of device sessions that have ended although tokens of theirs have not expired. Any thread.
 *
 * <p>They arrive twice: by broadcast, fast but best effort, and by asking UMS every few seconds,
 * with an overlap that makes up for clocks and for ends that were being written when it was asked.
 */
public final class RevokedSessions {
  /** From an answer to the next question. An end must reach sockets in five seconds. */
  public static final Duration POLL_INTERVAL = Duration.ofMillis(1_500);

  /** So that also with one question or answer lost the next one comes in time. */
  public static final Duration POLL_TIMEOUT = Duration.ofMillis(1_500);

  private static final Duration OVERLAP = Duration.ofSeconds(15);

  /** Longer than any token lives; UMS keeps them as long as one may. */
  private static final Duration KEPT = Duration.ofHours(26);

  /** About 100 MB at worst; beyond it the oldest are forgotten, their tokens expire soon. */
  private static final long MAX_KEPT = 500_000;

  private final Cache<String, Boolean> ended =
      Caffeine.newBuilder().maximumSize(MAX_KEPT).expireAfterWrite(KEPT).build();
  private volatile Instant since = Instant.EPOCH;

  public boolean contains(String sessionId) {
    return ended.getIfPresent(sessionId) != null;
  }

  /** From when on to ask for ends. */
  public Instant since() {
    return since;
  }

  /** Adds one that was broadcast; what was not known to have ended before is returned. */
  public List<SessionEnded> add(SessionEnded session) {
    return addAll(List.of(session));
  }

  /** Adds those of an answer of UMS; what was not known to have ended before is returned. */
  public List<SessionEnded> addAll(Revocations revocations) {
    List<SessionEnded> fresh = addAll(revocations.sessions());
    since = revocations.asOf().minus(OVERLAP);
    return fresh;
  }

  private List<SessionEnded> addAll(List<SessionEnded> sessions) {
    List<SessionEnded> fresh = new ArrayList<>();
    for (SessionEnded session : sessions) {
      if (ended.asMap().putIfAbsent(session.sessionId(), Boolean.TRUE) == null) {
        fresh.add(session);
      }
    }
    return fresh;
  }
}
