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
  void should_refuse_to_listen_beyond_loopback() {
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
  void should_name_the_setting_of_a_wrong_port() {
    assertThatThrownBy(() -> CassandraSettings.in(temp).withNativePort(70000))
        .hasMessageContaining("JOVIAL_CASSANDRA_PORT");
    assertThatThrownBy(() -> MongoSettings.in(temp).withPort(-1))
        .hasMessageContaining("JOVIAL_MONGO_PORT");
  }

  @Test
  void should_say_what_to_install_when_java_is_not_17() {
    CassandraCommand.requireJava17(Runtime.Version.parse("17.0.15"));
    assertThatThrownBy(() -> CassandraCommand.requireJava17(Runtime.Version.parse("21.0.2")))
        .isInstanceOf(EmbeddedStoreException.class)
        .hasMessageContaining("21.0.2")
        .hasMessageContaining("Install a JDK 17")
        .hasMessageContaining("JAVA_HOME");
  }

  @Test
  void should_refuse_a_heap_in_which_cassandra_cannot_work() {
    assertThatThrownBy(() -> CassandraSettings.in(temp).withHeapMiB(64))
        .hasMessageContaining("256 MiB");
  }

  @Test
  void should_write_folders_with_odd_names_so_that_cassandra_can_read_them() throws IOException {
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
  void should_name_a_busy_port_and_the_setting_that_changes_it() throws IOException {
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
  void should_find_different_free_ports() {
    assertThat(Ports.free("127.0.0.1", 5))
        .doesNotHaveDuplicates()
        .hasSize(5)
        .as("not those that outgoing connections take")
        .allMatch(port -> port < 32_768);
  }
}
