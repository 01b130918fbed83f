package chat.jovial.client;

import static chat.jovial.client.Device.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.client.connection.Endpoint;
import chat.jovial.client.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownDevicesTest {
  @TempDir private Path folder;
  private final ScriptedServer server = new ScriptedServer();
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("new").resolve("devices");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** As after a restart of the app. */
  private Accounts accounts(String appKey) {
    Endpoint endpoint = new Endpoint("127.0.0.1", server.port());
    return new Accounts(endpoint, null, appKey, KnownDevices.in(file));
  }

  private JsonNode lastLogin() {
    return server.requests.get(server.requests.size() - 1).path("body");
  }

  @Test
  void the_next_login_shows_the_secret_of_the_latest_on_that_device() {
    String device = await(accounts("app").login("ann", "correct horse")).deviceId();
    assertThat(lastLogin().has("device_id")).isFalse();
    assertThat(lastLogin().has("device_secret")).isFalse();
    for (int login = 1; login <= 2; login++) {
      assertThat(await(accounts("app").login("Ann", "correct horse")).deviceId()).isEqualTo(device);
      assertThat(Json.text(lastLogin(), "device_id")).isEqualTo(device);
      assertThat(Json.text(lastLogin(), "device_secret")).isEqualTo("secret " + login);
    }
  }

  @Test
  void a_login_that_is_refused_changes_nothing() {
    await(accounts("app").login("ann", "correct horse"));
    server.scripts.put("ums.user.login", body -> ScriptedServer.Outcome.FORBIDDEN);
    assertThat(accounts("app").login("ann", "wrong horse")).failsWithin(Duration.ofSeconds(20));
    server.scripts.clear();
    await(accounts("app").login("ann", "correct horse"));
    assertThat(Json.text(lastLogin(), "device_secret")).isEqualTo("secret 1");
  }

  @Test
  void another_user_another_app_and_another_device_get_none_of_it() {
    await(accounts("app").login("ann", "correct horse"));
    await(accounts("app").login("bob", "correct horse"));
    assertThat(lastLogin().has("device_secret")).isFalse();
    await(accounts("other app").login("ann", "correct horse"));
    assertThat(lastLogin().has("device_secret")).isFalse();
    await(accounts("app").login("ann", "correct horse", "another device", "a test"));
    assertThat(Json.text(lastLogin(), "device_id")).isEqualTo("another device");
    assertThat(lastLogin().has("device_secret")).isFalse();
  }

  @Test
  void only_the_owner_may_read_the_file() throws Exception {
    await(accounts("app").login("ann", "correct horse"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    await(accounts("app").login("ann", "correct horse"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void a_damaged_file_is_begun_again() throws Exception {
    Files.createDirectories(file.getParent());
    for (String damaged : new String[] {"", "[{\"app_key\":", "[7, {\"app_key\": \"app\"}]"}) {
      Files.writeString(file, damaged);
      await(accounts("app").login("ann", "correct horse"));
      assertThat(lastLogin().has("device_secret")).isFalse();
      await(accounts("app").login("ann", "correct horse"));
      assertThat(lastLogin().has("device_secret")).isTrue();
    }
  }

  @Test
  void the_device_that_logged_in_longest_ago_is_forgotten_first() {
    KnownDevices devices = KnownDevices.in(file);
    for (int i = 0; i <= KnownDevices.MAX_DEVICES; i++) {
      devices.keep(
          "app", "user" + i, Json.object().put("device_id", "d" + i).put("device_secret", "s" + i));
    }
    assertThat(devices.find("app", "user0")).isNull();
    assertThat(devices.find("app", "user1")).isEqualTo(new KnownDevices.Device("d1", "s1"));
    assertThat(devices.find("app", "user1")).asString().doesNotContain("s1");
  }
}
