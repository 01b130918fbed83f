package chat.jovial.edge.connection;

import chat.jovial.cluster.DeviceDirectory;
import chat.jovial.contract.mds.Push;
import chat.jovial.contract.ums.SessionEnded;
import chat.jovial.edge.frames.CloseReason;
import chat.jovial.edge.limits.EdgeLimits;
import chat.jovial.edge.operations.Identity;
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
 * Registry of this node's connections by user. Any thread: the lists are replaced, never changed,
 * and what concerns a connection is handed to its event loop.
 */
public final class ConnectionRegistry {
  private final EdgeLimits limits;
  private final EdgeMetrics metrics;
  private final DeviceDirectory directory;

  private final BiConsumer<String, Boolean> onDeviceCountChanged;

  /** Oldest first; no larger than the number of connections, which is bounded. */
  private final ConcurrentMap<String, ClientConnection[]> connectionsByUser =
      new ConcurrentHashMap<>();

  /**
   * @param onDeviceCountChanged called when a user's first connection comes to this node, and when
   *     the last one leaves it
   */
  public ConnectionRegistry(
      EdgeLimits limits,
      EdgeMetrics metrics,
      DeviceDirectory directory,
      BiConsumer<String, Boolean> onDeviceCountChanged) {
    this.limits = limits;
    this.metrics = metrics;
    this.directory = directory;
    this.onDeviceCountChanged = onDeviceCountChanged;
  }

  /**
   * Adds a connection; the oldest of its device or user goes if there are too many. Completes when
   * every node can know that the user has a device here.
   */
  Future<Void> bind(ClientConnection connection, Identity identity) {
    metrics.sessionBound();
    Promise<Void> known = Promise.promise();
    ClientConnection[] all =
        connectionsByUser.compute(
            identity.userId(),
            (userId, others) -> {
              // In here, so that it cannot be overtaken by the leaving of the last one before.
              directory.registerDevice(userId).onComplete(known);
              if (others == null) {
                onDeviceCountChanged.accept(userId, true);
              }
              return others == null
                  ? new ClientConnection[] {connection}
                  : concatenate(others, connection);
            });
    ClientConnection surplus = surplus(all, identity.deviceId());
    if (surplus != null) {
      surplus.loop().run(() -> surplus.close(CloseReason.REPLACED));
    }
    return known.future();
  }

  void unbind(ClientConnection connection, Identity identity) {
    metrics.sessionUnbound();
    connectionsByUser.computeIfPresent(
        identity.userId(),
        (userId, all) -> {
          ClientConnection[] left = without(all, connection);
          if (left == null) {
            directory.unregisterDevice(userId);
            onDeviceCountChanged.accept(userId, false);
          }
          return left;
        });
  }

  /**
   * Sends new entries and other events to the devices of those concerned; by one thread, so that
   * order holds.
   */
  void push(Push push) {
    PushedFrames pushed = null;
    for (String userId : push.userIds()) {
      ClientConnection[] connections = connectionsByUser.get(userId);
      if (connections == null) {
        continue;
      }
      for (ClientConnection connection : connections) {
        if (connection.receivesEvents()) {
          pushed = pushed == null ? new PushedFrames(push) : pushed;
          byte[][] frames = pushed.framesFor(connection);
          if (frames.length > 0) {
            connection.deliver(frames);
          }
        }
      }
    }
    if (pushed != null) {
      metrics.encoded(pushed.encoded());
    }
  }

  /** Closes the connections of device sessions that have ended. */
  void closeEnded(List<SessionEnded> ended) {
    for (SessionEnded end : ended) {
      for (ClientConnection connection :
          connectionsByUser.getOrDefault(end.userId(), new ClientConnection[0])) {
        connection.loop().run(() -> closeIfOf(connection, end.sessionId()));
      }
    }
  }

  private static void closeIfOf(ClientConnection connection, String sessionId) {
    Identity identity = connection.identity();
    if (identity != null && identity.sessionId().equals(sessionId)) {
      connection.close(CloseReason.SESSION_ENDED);
    }
  }

  private @Nullable ClientConnection surplus(ClientConnection[] all, String deviceId) {
    List<ClientConnection> ofDevice = new ArrayList<>(all.length);
    for (ClientConnection connection : all) {
      Identity identity = connection.identity();
      if (identity != null && identity.deviceId().equals(deviceId)) {
        ofDevice.add(connection);
      }
    }
    if (ofDevice.size() > limits.maxConnectionsPerDevice()) {
      return ofDevice.get(0);
    }
    return all.length > limits.maxConnectionsPerUser() ? all[0] : null;
  }

  private static ClientConnection[] concatenate(ClientConnection[] all, ClientConnection one) {
    ClientConnection[] more = Arrays.copyOf(all, all.length + 1);
    more[all.length] = one;
    return more;
  }

  private static ClientConnection @Nullable [] without(
      ClientConnection[] all, ClientConnection connection) {
    if (all.length == 1) {
      return all[0] == connection ? null : all;
    }
    return Arrays.stream(all).filter(other -> other != connection).toArray(ClientConnection[]::new);
  }
}
