package chat.jovial.edge;

import chat.jovial.contract.mds.Push;
import chat.jovial.contract.ums.SessionEnded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Which connections of this node belong to which user. Any thread: the lists are replaced, never
 * changed, and what concerns a connection is handed to its event loop.
 */
final class SessionHub {
  private final EdgeLimits limits;
  private final EdgeMetrics metrics;
  private final RevokedSessions revoked = new RevokedSessions(this::closeEnded);

  /** Oldest first; no larger than the number of connections, which is bounded. */
  private final ConcurrentMap<String, ClientSession[]> sessionsByUser = new ConcurrentHashMap<>();

  SessionHub(EdgeLimits limits, EdgeMetrics metrics) {
    this.limits = limits;
    this.metrics = metrics;
  }

  RevokedSessions revoked() {
    return revoked;
  }

  boolean hasEnded(String sessionId) {
    return revoked.contains(sessionId);
  }

  /** Adds a connection; the oldest of its device or user goes if there are too many. */
  void bind(ClientSession session, Identity identity) {
    metrics.sessionBound();
    ClientSession[] all =
        sessionsByUser.merge(
            identity.userId(), new ClientSession[] {session}, SessionHub::concatenate);
    ClientSession surplus = surplus(all, identity.deviceId());
    if (surplus != null) {
      surplus.loop().run(() -> surplus.close(CloseReason.REPLACED));
    }
  }

  void unbind(ClientSession session, Identity identity) {
    metrics.sessionUnbound();
    sessionsByUser.computeIfPresent(identity.userId(), (userId, all) -> without(all, session));
  }

  /**
   * Sends new entries and other events to the devices of those concerned; by one thread, so that
   * order holds.
   */
  void push(Push push) {
    PushedEntries entries = null;
    for (String userId : push.userIds()) {
      ClientSession[] sessions = sessionsByUser.get(userId);
      if (sessions == null) {
        continue;
      }
      for (ClientSession session : sessions) {
        if (session.takesEvents()) {
          entries = entries == null ? new PushedEntries(push) : entries;
          byte[][] frames = entries.framesFor(session);
          if (frames.length > 0) {
            session.loop().deliver(session, frames);
          }
        }
      }
    }
  }

  private void closeEnded(List<SessionEnded> ended) {
    for (SessionEnded end : ended) {
      for (ClientSession session :
          sessionsByUser.getOrDefault(end.userId(), new ClientSession[0])) {
        session.loop().run(() -> closeIfOf(session, end.sessionId()));
      }
    }
  }

  private static void closeIfOf(ClientSession session, String sessionId) {
    Identity identity = session.identity();
    if (identity != null && identity.sessionId().equals(sessionId)) {
      session.close(CloseReason.SESSION_ENDED);
    }
  }

  private @Nullable ClientSession surplus(ClientSession[] all, String deviceId) {
    List<ClientSession> ofDevice = new ArrayList<>(all.length);
    for (ClientSession session : all) {
      Identity identity = session.identity();
      if (identity != null && identity.deviceId().equals(deviceId)) {
        ofDevice.add(session);
      }
    }
    if (ofDevice.size() > limits.maxConnectionsPerDevice()) {
      return ofDevice.get(0);
    }
    return all.length > limits.maxConnectionsPerUser() ? all[0] : null;
  }

  private static ClientSession[] concatenate(ClientSession[] all, ClientSession[] one) {
    ClientSession[] more = Arrays.copyOf(all, all.length + 1);
    more[all.length] = one[0];
    return more;
  }

  private static ClientSession @Nullable [] without(ClientSession[] all, ClientSession session) {
    if (all.length == 1) {
      return all[0] == session ? null : all;
    }
    return Arrays.stream(all).filter(other -> other != session).toArray(ClientSession[]::new);
  }
}
