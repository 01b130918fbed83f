package chat.jovial.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every scenario with every kit, and those that are marked so with pairs of different kits. To play
 * some only: {@code -Dconformance.only=java/offline}, a part of the name that the test has.
 */
class ConformanceIT {
  private static final Pattern ONLY = Pattern.compile(System.getProperty("conformance.only", ""));

  @TempDir private static Path folder;

  private static @Nullable ServerProcess server;
  private static @Nullable JsonNode app;

  @BeforeAll
  static void start() throws IOException {
    Path data = Files.createDirectory(folder.resolve("data"));
    server = new ServerProcess(data);
    app =
        server.call(
            "ums.app.register",
            new ObjectMapper().createObjectNode().put("name", "Conformance"),
            null);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @TestFactory
  List<DynamicTest> every_kit_plays_every_scenario() throws IOException {
    Map<String, List<String>> kits = Kits.all();
    List<DynamicTest> tests = new ArrayList<>();
    for (Scenario scenario : Scenario.all()) {
      kits.forEach((kit, command) -> add(tests, kit, scenario, List.of(command)));
      if (scenario.isMixed()) {
        kits.forEach(
            (one, first) ->
                kits.forEach(
                    (other, second) -> {
                      if (!one.equals(other)) {
                        add(tests, one + "+" + other, scenario, List.of(first, second));
                      }
                    }));
      }
    }
    return tests;
  }

  private static void add(
      List<DynamicTest> tests, String kits, Scenario scenario, List<List<String>> commands) {
    String name = kits + "/" + scenario.name();
    if (ONLY.matcher(name).find()) {
      tests.add(DynamicTest.dynamicTest(name, () -> play(name, scenario, commands)));
    }
  }

  private static void play(String name, Scenario scenario, List<List<String>> commands) {
    if (server == null || app == null) {
      throw new IllegalStateException("The server was not started.");
    }
    Path own = folder.resolve(name.replace('/', '-'));
    try {
      Files.createDirectory(own);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (Stage stage = new Stage(server, app, own)) {
      scenario.play(stage, commands);
    }
  }
}
