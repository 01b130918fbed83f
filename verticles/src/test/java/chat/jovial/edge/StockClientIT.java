package chat.jovial.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.jovial.contract.Ids;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The stock {@code @vertx/eventbus-bridge-client.js} with {@code sockjs-client}, as they come from
 * npm, under Node. Without Node and npm it is skipped, and says so.
 */
class StockClientIT {
  private static final Path SOURCES = Path.of("src/test/js");
  private static final Path WORK = Path.of("target/stock-client");
  private static final long INSTALL_SECONDS = 180;
  private static final long RUN_SECONDS = 60;
  private static final String ALICE = Ids.text(UUID.randomUUID());
  private static final String BOB = Ids.text(UUID.randomUUID());

  @Test
  void the_stock_javascript_client_works_unmodified() throws Exception {
    assumeTrue(
        works("node", "--version") && works("npm", "--version"),
        "skipped: install Node.js with npm to test the stock JavaScript client");
    install();
    try (EdgeFixture fixture = new EdgeFixture(Map.of())) {
      String url = "http://" + TransportKind.HOST + ":" + fixture.edge.httpPort() + "/eventbus";

      JsonObject seen =
          new JsonObject(
              run(
                  RUN_SECONDS,
                  "node",
                  "stock-client.js",
                  url,
                  fixture.tokens.userToken(ALICE, "a"),
                  fixture.tokens.userToken(BOB, "b"),
                  BOB));

      assertThat(seen.getJsonObject("opened").getString("user_id")).isEqualTo(ALICE);
      assertThat(seen.getJsonObject("stored").getString("client_id")).isEqualTo("stock-1");
      assertThat(seen.getJsonObject("event").getString("sender_id")).isEqualTo(ALICE);
      assertThat(seen.getJsonObject("event").getJsonObject("body").getString("text"))
          .isEqualTo("from the stock client");
      assertThat(seen.getJsonObject("early").getInteger("failureCode")).isEqualTo(401);
      assertThat(seen.getJsonObject("registeredEarly").getInteger("failureCode")).isEqualTo(401);
      assertThat(seen.getJsonObject("last").getString("message")).startsWith("not_found: ");
      assertThat(seen.getJsonArray("unhandled")).isEmpty();
    }
  }

  private static void install() throws Exception {
    Files.createDirectories(WORK);
    for (String file : List.of("package.json", "stock-client.js")) {
      Files.copy(SOURCES.resolve(file), WORK.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    run(INSTALL_SECONDS, "npm", "install", "--no-package-lock", "--no-audit", "--no-fund");
  }

  private static boolean works(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** The standard output of a command that must succeed. */
  private static String run(long seconds, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .directory(WORK.toFile())
            .redirectError(WORK.resolve("errors.txt").toFile())
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(seconds, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue())
        .as(output + Files.readString(WORK.resolve("errors.txt")))
        .isZero();
    return output;
  }
}
