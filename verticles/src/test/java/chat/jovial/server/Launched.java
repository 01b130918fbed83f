package chat.jovial.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A run of the launcher script, as a person would start it. */
final class Launched implements AutoCloseable {
  private static final Path SCRIPT = Path.of("../jovial").toAbsolutePath().normalize();
  private static final Pattern READY =
      Pattern.compile(
          "Jovial is ready: http://127\\.0\\.0\\.1:(\\d+) \\(TCP 127\\.0\\.0\\.1:(\\d+)\\)");
  private static final long PATIENCE_SECONDS = 240;

  private final Process process;
  private final Path errors;
  private final CompletableFuture<String> firstLine = new CompletableFuture<>();

  Launched(Path folder, Map<String, String> environment, String... arguments) throws IOException {
    errors = Files.createTempFile(folder, "stderr", ".txt");
    String[] command = new String[arguments.length + 1];
    command[0] = SCRIPT.toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("JOVIAL_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    process = builder.start();
    Thread reader = new Thread(this::readFirstLine, "launched");
    reader.setDaemon(true);
    reader.start();
  }

  /** The ports of HTTP and TCP, once it says that it is ready. */
  int[] awaitReady() throws Exception {
    String line = firstLine.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    Matcher matcher = READY.matcher(line);
    if (!matcher.matches()) {
      throw new AssertionError("not ready: '" + line + "', stderr: " + errors());
    }
    return new int[] {Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))};
  }

  /** The exit code, waited for. */
  int awaitExit() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("still running; stderr: " + errors());
    }
    return process.exitValue();
  }

  String firstLine() throws Exception {
    return firstLine.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  String errors() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  void terminate() {
    process.destroy();
  }

  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void readFirstLine() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      firstLine.complete(line == null ? "" : line);
      while (out.readLine() != null) {
        // Nothing else is printed; but a full pipe would stop it.
      }
    } catch (IOException e) {
      firstLine.complete("");
    }
  }
}
