package chat.jovial.server;

import com.hazelcast.cluster.Address;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.internal.nio.ConnectionListener;
import com.hazelcast.internal.server.ServerConnection;
import com.hazelcast.internal.server.ServerConnectionManager;
import java.util.Collection;

/**
 * Cuts one member of the cluster off from others of this JVM, and nothing else: each connection
 * between them ends when it is made. So the two sides lose each other as they do when a network
 * breaks, and find each other again some time after this is closed.
 */
final class BusCut implements AutoCloseable {
  /** Also names the listeners that were added, which stay: they ask whether it is cut. */
  private volatile boolean cut = true;

  BusCut(HazelcastInstance one, Collection<HazelcastInstance> others) {
    for (HazelcastInstance other : others) {
      refuse(one, other.getCluster().getLocalMember().getAddress());
      refuse(other, one.getCluster().getLocalMember().getAddress());
    }
  }

  private void refuse(HazelcastInstance member, Address peer) {
    ServerConnectionManager connections =
        ((HazelcastInstanceProxy) member)
            .getOriginal()
            .node
            .getServer()
            .getConnectionManager(EndpointQualifier.MEMBER);
    connections.addConnectionListener(
        new ConnectionListener<>() {
          @Override
          public void connectionAdded(ServerConnection connection) {
            close(connection, peer);
          }

          @Override
          public void connectionRemoved(ServerConnection connection) {}
        });
    connections.getConnections().forEach(connection -> close(connection, peer));
  }

  private void close(ServerConnection connection, Address peer) {
    if (cut && peer.equals(connection.getRemoteAddress())) {
      connection.close("the test has cut this", null);
    }
  }

  /** Mends it. */
  @Override
  public void close() {
    cut = false;
  }
}
