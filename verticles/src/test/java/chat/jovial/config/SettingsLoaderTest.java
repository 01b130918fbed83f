package chat.jovial.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsLoaderTest {
  private static final Setting<Integer> PORT =
      Setting.integer("http.port", 8080, 0, 65_535, "Where it listens.");
  private static final Setting<Duration> IDLE =
      Setting.duration(
          "http.idle_timeout",
          Duration.ofSeconds(30),
          Duration.ofSeconds(1),
          Duration.ofHours(1),
          "How long.");
  private static final Setting<List<String>> ORIGINS =
      Setting.list("http.origins", List.of(), "Which.");
  private static final Setting<Optional<String>> PASSWORD =
      Setting.secret("cassandra.password", "Secret.");
  private static final Setting<Boolean> MULTICAST = Setting.flag("cluster.multicast", false, "If.");
  private static final Setting<String> LEVEL =
      Setting.choice("log.level", "info", List.of("info", "debug"), "How much.");
  private static final List<Setting<?>> KNOWN =
      List.of(PORT, IDLE, ORIGINS, PASSWORD, MULTICAST, LEVEL);

  @TempDir Path folder;

  @Test
  void a_setting_that_is_not_given_has_its_default() {
    Settings settings = loader().load();
    assertThat(settings.get(PORT)).isEqualTo(8080);
    assertThat(settings.get(IDLE)).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.get(ORIGINS)).isEmpty();
    assertThat(settings.get(PASSWORD)).isEmpty();
    assertThat(settings.get(MULTICAST)).isFalse();
    assertThat(settings.originOf(PORT)).isEqualTo("default");
  }

  @Test
  void flags_win_over_the_environment_and_that_over_the_file() throws IOException {
    Path file = file("http:\n  port: 1\n  idle_timeout: 2s\n  origins: [a, b]\n");
    Settings settings =
        loader()
            .file(file)
            .environment(Map.of("JOVIAL_HTTP_PORT", "2", "JOVIAL_HTTP_IDLE_TIMEOUT", "1m"))
            .flags(List.of("--http-port", "3"))
            .load();
    assertThat(settings.get(PORT)).isEqualTo(3);
    assertThat(settings.get(IDLE)).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.get(ORIGINS)).containsExactly("a", "b");
    assertThat(settings.originOf(PORT)).isEqualTo("the flag --http-port");
  }

  @Test
  void flags_have_two_forms_and_words_for_true() {
    Settings settings =
        loader()
            .flags(List.of("--http-idle-timeout=500ms", "--cluster-multicast", "yes"))
            .environment(Map.of("JOVIAL_CONFIG", "x", "PATH", "y"))
            .flags(List.of("--http-idle-timeout=2s"))
            .load();
    assertThat(settings.get(IDLE)).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.get(MULTICAST)).isTrue();
  }

  @Test
  void an_unknown_setting_is_named_with_origin_and_nearest_name() throws IOException {
    assertThatThrownBy(
            () ->
                loader()
                    .file(file("http:\n  prot: 1\n"))
                    .environment(Map.of("JOVIAL_HTTP_PORTS", "2"))
                    .flags(List.of("--htp-port", "3", "--nothing-like-it"))
                    .load())
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("There is no setting http.prot (from the file ")
        .hasMessageContaining("Did you mean http.port?")
        .hasMessageContaining("JOVIAL_HTTP_PORTS (from the environment variable JOVIAL_HTTP_PORTS)")
        .hasMessageContaining("Did you mean JOVIAL_HTTP_PORT?")
        .hasMessageContaining("Did you mean --http-port?")
        .hasMessageContaining("no setting --nothing-like-it");
  }

  @Test
  void an_invalid_value_is_named_with_origin_and_what_is_allowed() {
    assertThatThrownBy(
            () ->
                loader()
                    .environment(
                        Map.of(
                            "JOVIAL_HTTP_PORT", "70000",
                            "JOVIAL_HTTP_IDLE_TIMEOUT", "soon",
                            "JOVIAL_LOG_LEVEL", "loud",
                            "JOVIAL_CLUSTER_MULTICAST", "maybe"))
                    .load())
        .hasMessageContaining(
            "http.port is '70000' (from the environment variable JOVIAL_HTTP_PORT), but must be a"
                + " whole number from 0 to 65535.")
        .hasMessageContaining("http.idle_timeout is 'soon'")
        .hasMessageContaining("from 1s to 1h, written like")
        .hasMessageContaining("one of info, debug")
        .hasMessageContaining("true or false");
  }

  @Test
  void secrets_are_not_shown() {
    Settings settings = loader().environment(Map.of("JOVIAL_CASSANDRA_PASSWORD", "hush")).load();
    assertThat(settings.get(PASSWORD)).contains("hush");
    assertThat(settings.textOf(PASSWORD)).isEqualTo("(secret)");
  }

  @Test
  void the_line_of_the_file_that_is_not_yaml_is_named() throws IOException {
    assertThatThrownBy(() -> loader().file(file("http:\n  port: [1\nx")).load())
        .hasMessageContaining("is not YAML, see line");
    assertThatThrownBy(() -> loader().file(folder.resolve("none.yaml")).load())
        .hasMessageContaining("none.yaml with the settings cannot be read");
    assertThatThrownBy(() -> loader().file(file("http: 5\n")).load())
        .hasMessageContaining("http must be a section");
    assertThat(loader().file(file("")).load().get(PORT)).isEqualTo(8080);
  }

  @Test
  void a_flag_needs_a_value_and_words_are_no_flags() {
    assertThatThrownBy(() -> loader().flags(List.of("start", "--http-port")).load())
        .hasMessageContaining("'start' is not a flag")
        .hasMessageContaining("--http-port needs a value");
  }

  @Test
  void durations_are_written_in_the_largest_fitting_unit() {
    assertThat(List.of("0s", "500ms", "90s", "15m", "36h", "30d"))
        .allSatisfy(
            text -> assertThat(DurationText.write(DurationText.read(text))).isEqualTo(text));
  }

  private static SettingsLoader loader() {
    return new SettingsLoader(KNOWN);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("jovial.yaml"), text);
  }
}
