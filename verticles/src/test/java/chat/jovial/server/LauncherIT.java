package chat.jovial.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, run as a person runs it. */
class LauncherIT {
  /** The promise is 15 s; the rest is for a machine that does other things at the same time. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  @TempDir Path folder;

  /** Maven has just built everything, but leaves a jar alone whose content did not change. */
  @BeforeAll
  static void tellTheLauncherThatItIsBuilt() throws IOException {
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(Path.of("target"), "jovial-verticles-*.jar")) {
      for (Path jar : jars) {
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now()));
      }
    }
  }

  @Test
  void what_was_answered_survives_a_kill_and_a_second_start_waits_its_turn() throws Exception {
    JsonObject credentials;
    try (Launched server = new Launched(folder, environment(), "start")) {
      Api api = new Api(server.awaitReady()[0]);
      String appKey =
          api.ok("ums.app.register", new JsonObject().put("name", "Test"), null)
              .getString("app_key");
      credentials =
          new JsonObject()
              .put("app_key", appKey)
              .put("username", "ann")
              .put("password", "correct horse");

      try (Launched second = new Launched(folder, environment(), "start")) {
        assertThat(second.awaitExit()).isEqualTo(1);
        assertThat(second.errors())
            .contains("is in use by process " + server.handle().pid())
            .contains("JOVIAL_DATA_DIR")
            .doesNotContain("\tat ");
      }

      String ann = api.ok("ums.user.register", credentials, null).getString("user_id");
      String token = api.ok("ums.user.login", credentials, null).getString("user_token");
      api.ok("mds.send", note(ann), token);
      server.kill();
      server.awaitExit();
    }

    try (Launched server = new Launched(folder, environment(), "start")) {
      Api api = new Api(server.awaitReady()[0]);
      String token = api.ok("ums.user.login", credentials, null).getString("user_token");
      assertThat(api.ok("mds.sent", new JsonObject(), token).getJsonArray("messages")).hasSize(1);

      List<ProcessHandle> children = server.handle().descendants().toList();
      assertThat(children).isNotEmpty();
      Instant begin = Instant.now();
      server.terminate();
      server.awaitExit();
      assertThat(Duration.between(begin, Instant.now())).isLessThan(STOP_LIMIT);
      assertThat(children).noneMatch(ProcessHandle::isAlive);
    }
  }

  @Test
  void an_unknown_or_wrong_setting_stops_the_start_and_says_what_is_wrong() throws Exception {
    Map<String, String> environment = environment();
    environment.put("JOVIAL_HTTP_PROT", "8081");
    environment.put("JOVIAL_TCP_PORT", "many");
    try (Launched server = new Launched(folder, environment, "start", "--cluster-nmae", "x")) {
      assertThat(server.awaitExit()).isEqualTo(1);
      assertThat(server.errors())
          .contains("JOVIAL_HTTP_PROT", "Did you mean JOVIAL_HTTP_PORT?")
          .contains("tcp.port is 'many' (from the environment variable JOVIAL_TCP_PORT)")
          .contains("a whole number from 0 to 65535")
          .contains("Did you mean --cluster-name?")
          .doesNotContain("\tat ");
      assertThat(server.firstLine()).isEmpty();
    }
  }

  @Test
  void a_busy_port_is_named_with_the_setting_that_changes_it() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Map<String, String> environment = environment();
      environment.put("JOVIAL_HTTP_PORT", Integer.toString(taken.getLocalPort()));
      try (Launched server = new Launched(folder, environment, "start")) {
        assertThat(server.awaitExit()).isEqualTo(1);
        assertThat(server.errors())
            .contains("Port " + taken.getLocalPort(), "JOVIAL_HTTP_PORT", "--http-port")
            .doesNotContain("\tat ");
      }
    }
  }

  @Test
  void another_java_than_17_is_named_with_what_to_install() throws Exception {
    Path jdk = folder.resolve("jdk-25");
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
    assertThat(Files.createFile(jdk.resolve("bin/java")).toFile().setExecutable(true)).isTrue();
    assertRefused(jdk, "is version 25.0.1, but Jovial needs 17");
    assertRefused(folder.resolve("nowhere"), "there is no bin/java in it");
  }

  @Test
  void it_tells_its_version_and_its_commands() throws Exception {
    try (Launched version = new Launched(folder, environment(), "version");
        Launched help = new Launched(folder, environment())) {
      assertThat(version.firstLine()).startsWith("Jovial Chat ");
      assertThat(version.awaitExit()).isZero();
      assertThat(help.firstLine()).contains("jovial");
    }
  }

  private void assertRefused(Path javaHome, String problem)
      throws IOException, InterruptedException {
    Map<String, String> environment = environment();
    environment.put("JAVA_HOME", javaHome.toString());
    try (Launched server = new Launched(folder, environment, "start")) {
      assertThat(server.awaitExit()).isEqualTo(1);
      assertThat(server.errors()).contains(problem, "Install a JDK 17");
    }
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("JOVIAL_DATA_DIR", folder.resolve("data").toString());
    List.of("HTTP", "TCP", "MANAGEMENT", "CLUSTER")
        .forEach(part -> environment.put("JOVIAL_" + part + "_PORT", "0"));
    environment.put("JOVIAL_CASSANDRA_HEAP_MIB", "512");
    return environment;
  }

  private static JsonObject note(String userId) {
    return new JsonObject()
        .put("to", new JsonObject().put("user_id", userId))
        .put("body", new JsonObject().put("type", "text").put("text", "note to self"));
  }
}
