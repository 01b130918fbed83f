package chat.jovial.embedded;

import static chat.jovial.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class CassandraSupervisionIT {
  private static final int SIGKILL_EXIT_CODE = 128 + 9;
  private static final int SIGHUP = 1;
  private static final int SIGINT = 2;
  private static final int SIGTERM = 15;

  @TempDir Path data;

  @Test
  void a_child_that_crashes_repeatedly_is_given_up() throws Exception {
    try (EmbeddedCassandra cassandra = start(CassandraSettings.in(data).withHeapMiB(256)).join()) {
      CompletableFuture<Integer> exited = cassandra.exited();
      for (int crash = 0; crash <= RestartPolicy.WAITS.size(); crash++) {
        assertThat(exited).isNotDone();
        long pid = cassandra.pid();
        ProcessHandle child = ProcessHandle.of(pid).orElseThrow();
        child.destroyForcibly();
        child.onExit().get(10, TimeUnit.SECONDS);
        await("another child runs, or the server gives up")
            .until(() -> cassandra.pid() != pid || exited.isDone());
      }
      assertThat(exited.get(10, TimeUnit.SECONDS)).isEqualTo(SIGKILL_EXIT_CODE);
      assertThat(ProcessHandle.of(cassandra.pid())).isEmpty();
      assertThat(cassandra.failed().get(10, TimeUnit.SECONDS))
          .hasMessageContaining("too often")
          .hasMessageContaining("cassandra.log");
    }
  }

  @Test
  void a_failed_start_says_why() throws Exception {
    Files.createFile(data.resolve("commitlog"));
    assertThatThrownBy(() -> start(CassandraSettings.in(data)).join())
        .hasCauseInstanceOf(EmbeddedStoreException.class)
        .hasMessageContaining("commitlog")
        .hasMessageContaining(data.resolve("cassandra.log").toString());
  }

  @Test
  void a_busy_port_is_named() throws Exception {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () -> start(CassandraSettings.in(data).withNativePort(busy.getLocalPort())).join())
          .hasCauseInstanceOf(EmbeddedStoreException.class)
          .hasMessageContaining("Port " + busy.getLocalPort())
          .hasMessageContaining("JOVIAL_CASSANDRA_PORT");
    }
  }

  @Test
  void the_signals_of_a_terminal_are_left_to_the_parent() throws Exception {
    try (EmbeddedCassandra cassandra = start(CassandraSettings.in(data).withHeapMiB(256)).join()) {
      long ignored = ignoredSignals(cassandra.pid());
      for (int signal : new int[] {SIGHUP, SIGINT, SIGTERM}) {
        assertThat(ignored & 1L << (signal - 1)).as("signal " + signal).isNotZero();
      }
    }
  }

  /** A bit for each signal that the process ignores, as the kernel tells. */
  private static long ignoredSignals(long pid) throws IOException {
    String name = "SigIgn:";
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseUnsignedLong(line.substring(name.length()).strip(), 16))
        .findAny()
        .orElseThrow();
  }

  @Test
  void an_empty_folder_starts_with_the_seed_data() throws Exception {
    Path first = data.resolve("first");
    try (EmbeddedCassandra cassandra = start(CassandraSettings.in(first)).join()) {
      Rows.connect(cassandra.contactPoint()).close();
    }
    System.setProperty(SeedData.PROPERTY, first.resolve("data").toString());
    try (EmbeddedCassandra cassandra = start(CassandraSettings.in(data.resolve("next"))).join();
        CqlSession session =
            CqlSession.builder()
                .addContactPoint(cassandra.contactPoint())
                .withLocalDatacenter(cassandra.localDatacenter())
                .build()) {
      assertThat(session.getMetadata().getKeyspace("kept")).isPresent();
    } finally {
      System.clearProperty(SeedData.PROPERTY);
    }
  }

  private static CompletableFuture<EmbeddedCassandra> start(CassandraSettings settings) {
    return EmbeddedCassandra.start(settings);
  }
}
