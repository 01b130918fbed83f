package chat.jovial.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Runs {@code node --test}. Without Node it is skipped, and says so. */
class NodeTest {
  private static final long RUN_SECONDS = 180;
  private static final int OLDEST_NODE = 20;

  @Test
  void the_tests_of_the_kit_pass_under_node() throws Exception {
    assumeTrue(
        nodeVersion() >= OLDEST_NODE,
        "SKIPPED: install Node.js " + OLDEST_NODE + " or newer to test the JavaScript kit");
    Process process = new ProcessBuilder("node", "--test").redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(RUN_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    assertThat(output).doesNotContain("# tests 0");
  }

  /** Zero if there is none. */
  private static int nodeVersion() throws InterruptedException {
    try {
      Process process = new ProcessBuilder("node", "--version").start();
      String version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return Integer.parseInt(version.replaceFirst("^v(\\d+).*", "$1").strip());
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }
}
