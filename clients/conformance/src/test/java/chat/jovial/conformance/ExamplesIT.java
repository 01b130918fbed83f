package chat.jovial.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The programs of {@code examples/}, with the kits as an app installs them, against a real server:
 * a bot, a Java program that writes to it, an app's own server and its page in a browser.
 */
class ExamplesIT {
  private static final Path EXAMPLES = Kits.root().resolve("examples");
  private static final List<Path> BROWSERS =
      List.of(
          Path.of("/usr/bin/chromium"),
          Path.of("/usr/bin/chromium-browser"),
          Path.of("/usr/bin/google-chrome"));

  @TempDir private static Path folder;

  private static int pagePort;
  private static @Nullable ServerProcess server;
  private static @Nullable JsonNode app;
  private static @Nullable Program bot;

  @BeforeAll
  static void start() throws IOException {
    JsPackage.assumeNode();
    Path tarball = JsPackage.pack(Files.createDirectory(folder.resolve("package")));
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      for (Path file : files.filter(each -> !each.toString().contains("node_modules")).toList()) {
        Path copy = folder.resolve("examples").resolve(EXAMPLES.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    JsPackage.install(tarball, examples());
    try (ServerSocket free = new ServerSocket(0)) {
      pagePort = free.getLocalPort();
    }
    server =
        new ServerProcess(
            Files.createDirectory(folder.resolve("data")),
            Map.of("JOVIAL_EDGE_ALLOWED_ORIGINS", page()));
    app =
        server.call(
            "ums.app.register",
            new ObjectMapper().createObjectNode().put("name", "Examples"),
            null);
    bot = Program.start(examples(), environment(), List.of("node", "bot/bot.mjs"));
    bot.awaitLine("connection: online");
  }

  @AfterAll
  static void stop() {
    for (AutoCloseable each : new AutoCloseable[] {bot, server}) {
      try {
        if (each != null) {
          each.close();
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static Path examples() {
    return folder.resolve("examples");
  }

  private static String page() {
    return "http://127.0.0.1:" + pagePort;
  }

  private static <T> T started(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("It was not started.");
    }
    return part;
  }

  private static Map<String, String> environment() {
    JsonNode made = started(app);
    return Map.of(
        "JOVIAL_URL", started(server).url(),
        "JOVIAL_TCP", "127.0.0.1:" + started(server).tcpPort(),
        "APP_ID", made.path("app_id").asText(),
        "APP_SECRET", made.path("app_secret").asText(),
        "APP_KEY", made.path("app_key").asText(),
        "PORT", Integer.toString(pagePort));
  }

  @Test
  void the_java_program_hears_the_answer_of_the_bot() {
    Map<String, String> environment = environment();
    String said =
        Program.run(
            folder,
            Map.of(),
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                examples().resolve("java/Hello.java").toString(),
                String.valueOf(environment.get("JOVIAL_TCP")),
                String.valueOf(environment.get("APP_KEY")),
                folder.resolve("hello-messages").toString()));

    assertThat(said).contains("The bot answered: You said: Hello from Java");
  }

  @Test
  void the_page_of_the_apps_own_server_talks_to_the_bot() {
    Path browser = BROWSERS.stream().filter(Files::isExecutable).findFirst().orElse(null);
    Assumptions.assumeTrue(browser != null, "SKIPPED: install chromium to test the page");
    List<String> command = List.of("node", "app-server/server.mjs");
    try (Program own = Program.start(examples(), environment(), command)) {
      own.awaitLine("Open " + page());
      List<String> visit =
          List.of(
              String.valueOf(browser),
              "--headless=new",
              "--no-sandbox",
              "--disable-gpu",
              "--no-first-run",
              "--user-data-dir=" + folder.resolve("browser"),
              page() + "/?name=carol&to=bot&say=Hello%20from%20the%20page");
      try (Program window = Program.start(folder, Map.of(), visit)) {
        String line = started(bot).awaitLine(": Hello from the page");
        String userId = line.substring(0, line.indexOf(':'));

        // What the page shows, it marks as read: also the bot's answer, which is the second entry.
        started(bot).awaitLine(userId + " has read up to 2");
      }
    }
  }

  @Test
  void a_strict_typescript_program_compiles_and_mistakes_do_not() throws IOException {
    Path program = examples().resolve("strict.ts");
    Files.copy(Kits.folder().resolve("src/test/js/strict.ts"), program);
    assertThat(JsPackage.compile(program)).isEmpty();
  }
}
