package chat.jovial.embedded;

import static chat.jovial.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was acknowledged is there after a kill in the middle of writing. All tests share one data
 * folder, whose first server, in a JVM of its own, was killed.
 */
@Timeout(240)
class CassandraDurabilityIT {
  /** Enough that the kill falls into the middle of a stream of writes. */
  private static final int ACKNOWLEDGED_BEFORE_KILL = 2000;

  @TempDir static Path data;

  private static EmbeddedStores stores;
  private static long orphan;
  private static boolean orphanEnded;
  private static Set<Integer> acknowledgedByKilledServer;

  @BeforeAll
  static void killAServerAndStartAnother() throws Exception {
    try (ChildJvm server = ChildJvm.start(StoresChild.class, data.toString());
        Rows rows = Rows.connect(address(server.line()))) {
      orphan = Long.parseLong(server.line());
      rows.write("parent_killed", ACKNOWLEDGED_BEFORE_KILL);
      server.kill();
      stores = EmbeddedStores.start(data).get(200, TimeUnit.SECONDS);
      orphanEnded = ProcessHandle.of(orphan).isEmpty();
      acknowledgedByKilledServer = rows.acknowledged();
    }
  }

  @AfterAll
  static void stop() {
    stores.close();
  }

  @Test
  void a_killed_server_leaves_no_orphan_and_loses_nothing() {
    assertThat(orphanEnded).as("Cassandra of the killed server ended").isTrue();
    try (Rows rows = Rows.connect(stores.cassandra().contactPoint())) {
      assertThat(acknowledgedByKilledServer).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED_BEFORE_KILL);
      assertThat(rows.stored("parent_killed")).containsAll(acknowledgedByKilledServer);
    }
  }

  @Test
  void a_killed_cassandra_restarts_on_its_port_and_loses_nothing() throws Exception {
    EmbeddedCassandra cassandra = stores.cassandra();
    InetSocketAddress address = cassandra.contactPoint();
    long killed = cassandra.pid();
    Set<Integer> acknowledged;
    try (Rows rows = Rows.connect(address).write("child_killed", ACKNOWLEDGED_BEFORE_KILL)) {
      ProcessHandle process = ProcessHandle.of(killed).orElseThrow();
      process.destroyForcibly();
      process.onExit().get(10, TimeUnit.SECONDS);
      acknowledged = rows.acknowledged();
    }
    await("the new Cassandra listens on " + address).until(() -> isListening(address));
    try (Rows rows = Rows.connect(address)) {
      assertThat(rows.stored("child_killed")).containsAll(acknowledged);
    }
    assertThat(cassandra.pid()).isNotEqualTo(killed);
    assertThat(cassandra.contactPoint()).isEqualTo(address);
    assertThat(cassandra.exited()).isNotDone();
  }

  @Test
  void a_stop_and_start_loses_nothing() throws Exception {
    Set<Integer> acknowledged;
    try (Rows rows = Rows.connect(stores.cassandra().contactPoint()).write("stopped", 100)) {
      stores.close();
      acknowledged = rows.acknowledged();
    }
    assertThat(ProcessHandle.of(stores.cassandra().pid())).isEmpty();
    String instanceId = stores.directory().instanceId();
    stores = EmbeddedStores.start(data).get(200, TimeUnit.SECONDS);
    assertThat(stores.directory().instanceId()).isEqualTo(instanceId);
    try (Rows rows = Rows.connect(stores.cassandra().contactPoint())) {
      assertThat(rows.stored("stopped")).containsAll(acknowledged);
    }
  }

  @Test
  void it_listens_on_loopback_only() throws IOException {
    assertThat(Listening.addressesOf(stores.cassandra().pid()))
        .isNotEmpty()
        .allMatch(address -> address.getAddress().isLoopbackAddress());
    assertThat(Listening.addressesOf(ProcessHandle.current().pid()))
        .isNotEmpty()
        .allMatch(address -> address.getAddress().isLoopbackAddress());
  }

  private static boolean isListening(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  private static InetSocketAddress address(String port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
  }
}
