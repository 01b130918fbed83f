package chat.jovial.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir Path temp;

  @Test
  void listening_beyond_loopback_is_refused() {
    CassandraSettings usual = CassandraSettings.in(temp);
    assertThatThrownBy(
            () ->
                new CassandraSettings(
                    temp, "0.0.0.0", 0, 512, CommitLogMode.BATCH, Duration.ofMillis(1), temp))
        .hasMessageContaining("loopback")
        .hasMessageContaining("JOVIAL_CASSANDRA_CONTACT_POINTS");
    assertThatThrownBy(() -> new MongoSettings(temp, "192.0.2.1", 0, true))
        .hasMessageContaining("loopback")
        .hasMessageContaining("JOVIAL_MONGO_URI");
    assertThat(usual.listenHost()).isEqualTo("127.0.0.1");
  }

  @Test
  void a_wrong_port_is_named_with_its_setting() {
    assertThatThrownBy(() -> CassandraSettings.in(temp).withNativePort(70000))
        .hasMessageContaining("JOVIAL_CASSANDRA_PORT");
    assertThatThrownBy(() -> MongoSettings.in(temp).withPort(-1))
        .hasMessageContaining("JOVIAL_MONGO_PORT");
  }

  @Test
  void on_another_java_than_17_it_says_what_to_install() {
    CassandraCommand.requireJava17(Runtime.Version.parse("17.0.15"));
    assertThatThrownBy(() -> CassandraCommand.requireJava17(Runtime.Version.parse("21.0.2")))
        .isInstanceOf(EmbeddedStoreException.class)
        .hasMessageContaining("21.0.2")
        .hasMessageContaining("Install a JDK 17")
        .hasMessageContaining("JAVA_HOME");
  }

  @Test
  void a_heap_that_is_too_small_for_cassandra_is_refused() {
    assertThatThrownBy(() -> CassandraSettings.in(temp).withHeapMiB(64))
        .hasMessageContaining("256 MiB");
  }

  @Test
  void folders_with_odd_names_are_quoted_for_cassandra() throws IOException {
    Path odd = temp.resolve("a \"b\" & <c>: d");
    CassandraSettings settings =
        CassandraSettings.in(odd).withCommitLog(CommitLogMode.GROUP, Duration.ofMillis(3));
    CassandraConfiguration.write(settings, 9042, 7001);
    assertThat(Files.readString(CassandraConfiguration.yaml(settings)))
        .contains("a \\\"b\\\" & <c>: d/commitlog\"")
        .contains("commitlog_sync: group", "commitlog_sync_group_window: 3ms")
        .contains("native_transport_port: 9042", "storage_port: 7001", "seeds: \"127.0.0.1:7001\"");
    assertThat(Files.readString(CassandraConfiguration.logback(settings)))
        .contains("a \"b\" &amp; &lt;c>: d/cassandra.log</file>");
  }

  @Test
  void a_busy_port_is_named_with_the_setting_that_changes_it() throws IOException {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () ->
                  Ports.requireFree(
                      "Cassandra", "127.0.0.1", busy.getLocalPort(), "JOVIAL_CASSANDRA_PORT"))
          .isInstanceOf(EmbeddedStoreException.class)
          .hasMessageContaining("Port " + busy.getLocalPort())
          .hasMessageContaining("JOVIAL_CASSANDRA_PORT");
    }
  }

  @Test
  void free_ports_are_different() {
    assertThat(Ports.free("127.0.0.1", 5))
        .doesNotHaveDuplicates()
        .hasSize(5)
        .as("not those that outgoing connections take")
        .allMatch(port -> port < 32_768);
  }
}
