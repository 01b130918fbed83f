package chat.jovial.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Package of the JavaScript kit, made and installed as an app would install it. */
final class JsPackage {
  private static final Map<String, String> QUIET =
      Map.of("npm_config_update_notifier", "false", "npm_config_fund", "false");

  private JsPackage() {}

  static void assumeNode() {
    Assumptions.assumeTrue(
        works("node") && works("npm"),
        "SKIPPED: install Node.js 20 or newer with npm to test the package of the JavaScript kit");
  }

  private static boolean works(String command) {
    try {
      return new ProcessBuilder(command, "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static Path kit() {
    return Kits.root().resolve("clients/js");
  }

  /** Installs the compilers of the lock file, and makes the tarball. */
  static Path pack(Path folder) {
    Program.run(kit(), QUIET, List.of("npm", "ci", "--no-audit"));
    Program.run(kit(), QUIET, List.of("npm", "pack", "--pack-destination", folder.toString()));
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".tgz")).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Into a folder that has nothing of ours but a package.json. */
  static void install(Path tarball, Path folder) {
    List<String> command =
        List.of("npm", "install", "--offline", "--no-audit", "--no-save", tarball.toString());
    Program.run(folder, QUIET, command);
  }

  /** Compiles a program with the strictest types; gives what the compiler says. */
  static String compile(Path program) {
    Path compiler = kit().resolve("node_modules/typescript/bin/tsc");
    return Program.run(
        Path.of(String.valueOf(program.getParent())),
        Map.of(),
        List.of(
            "node",
            compiler.toString(),
            "--strict",
            "--exactOptionalPropertyTypes",
            "--noEmit",
            "--target",
            "es2022",
            "--module",
            "nodenext",
            "--lib",
            "es2023,dom",
            program.getFileName().toString()));
  }
}
