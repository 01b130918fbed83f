package chat.jovial.edge;

import chat.jovial.cluster.DeviceDirectory;
import chat.jovial.contract.mds.Push;
import chat.jovial.contract.ums.SessionEnded;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which connections of this node belong to which user. Any thread: the lists are replaced, never
 * changed, and what concerns a connection is handed to its event loop.
 */
final class SessionHub {
  private final EdgeLimits limits;
  private final EdgeMetrics metrics;
  private final DeviceDirectory directory;

  /** Told of a user's first connection, and of the end of the last one. */
  private volatile BiConsumer<String, Boolean> moves = (userId, here) -> {};

  private final RevokedSessions revoked = new RevokedSessions(this::closeEnded);

  /** Oldest first; no larger than the number of connections, which is bounded. */
  private final ConcurrentMap<String, ClientSession[]> sessionsByUser = new ConcurrentHashMap<>();

  SessionHub(EdgeLimits limits, EdgeMetrics metrics, DeviceDirectory directory) {
    this.limits = limits;
    this.metrics = metrics;
    this.directory = directory;
  }

  void onMove(BiConsumer<String, Boolean> listener) {
    moves = listener;
  }

  RevokedSessions revoked() {
    return revoked;
  }

  boolean hasEnded(String sessionId) {
    return revoked.contains(sessionId);
  }

  /**
   * Adds a connection; the oldest of its device or user goes if there are too many. Completes when
   * every node can know that the user has a device here.
   */
  Future<Void> bind(ClientSession session, Identity identity) {
    metrics.sessionBound();
    Promise<Void> known = Promise.promise();
    ClientSession[] all =
        sessionsByUser.compute(
            identity.userId(),
            (userId, others) -> {
              // In here, so that it cannot be overtaken by the leaving of the last one before.
              directory.enter(userId).onComplete(known);
              if (others == null) {
                moves.accept(userId, true);
              }
              return others == null ? new ClientSession[] {session} : concatenate(others, session);
            });
    ClientSession surplus = surplus(all, identity.deviceId());
    if (surplus != null) {
      surplus.loop().run(() -> surplus.close(CloseReason.REPLACED));
    }
    return known.future();
  }

  void unbind(ClientSession session, Identity identity) {
    metrics.sessionUnbound();
    sessionsByUser.computeIfPresent(
        identity.userId(),
        (userId, all) -> {
          ClientSession[] left = without(all, session);
          if (left == null) {
            directory.leave(userId);
            moves.accept(userId, false);
          }
          return left;
        });
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
    if (entries != null) {
      metrics.encoded(entries.encoded());
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

  private static ClientSession[] concatenate(ClientSession[] all, ClientSession one) {
    ClientSession[] more = Arrays.copyOf(all, all.length + 1);
    more[all.length] = one;
    return more;
  }

  private static ClientSession @Nullable [] without(ClientSession[] all, ClientSession session) {
    if (all.length == 1) {
      return all[0] == session ? null : all;
    }
    return Arrays.stream(all).filter(other -> other != session).toArray(ClientSession[]::new);
  }
}
