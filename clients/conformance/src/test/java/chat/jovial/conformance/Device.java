package chat.jovial.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One device of a scenario: a store, a way to the server, and at times a driver process. Commands
 * are answered one at a time.
 */
final class Device implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A new JVM on a busy machine, and a first reply. */
  private static final long ANSWER_SECONDS = 60;

  private static final int LAST_LINES = 20;

  final String name;
  final String userId;
  final Proxy proxy;
  private final List<String> command;
  private final ObjectNode opening;
  private final Path folder;
  private final BlockingQueue<JsonNode> answers = new ArrayBlockingQueue<>(16);
  private @Nullable Process process;
  private @Nullable BufferedWriter commands;
  private int lastId;

  /** What its driver called the file that was sent last. */
  String lastFile = "";

  /**
   * @param opening what its driver is given to open
   * @param folder for its store and its driver's output
   */
  Device(
      String name,
      String userId,
      List<String> command,
      Proxy proxy,
      ObjectNode opening,
      Path folder) {
    this.name = name;
    this.userId = userId;
    this.command = command;
    this.proxy = proxy;
    this.folder = folder;
    this.opening = opening;
    opening.put("do", "open").put("tcp", proxy.tcpAddress());
    opening.put("http", proxy.httpAddress());
    opening.put("store", store().toString());
  }

  Path store() {
    return folder.resolve(name);
  }

  String userToken() {
    return opening.path("user_token").asText();
  }

  /** Starts a driver and opens the device in it. */
  void open() {
    if (process != null) {
      throw new IllegalStateException(name + " is open already");
    }
    try {
      Process started =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(errors().toFile()))
              .start();
      process = started;
      commands = started.outputWriter(StandardCharsets.UTF_8);
      answers.clear();
      Thread reader =
          new Thread(() -> read(started.inputReader(StandardCharsets.UTF_8)), name + "-answers");
      reader.setDaemon(true);
      reader.start();
    } catch (IOException e) {
      throw new UncheckedIOException("The driver cannot be started: " + command, e);
    }
    ask(opening.deepCopy());
  }

  /** SIGKILL: the device's power fails. */
  void kill() {
    end(true);
  }

  /** The app is closed in good order. */
  @Override
  public void close() {
    end(false);
  }

  private void end(boolean kill) {
    Process ending = process;
    process = null;
    if (ending == null) {
      return;
    }
    try {
      if (kill) {
        ending.destroyForcibly();
      } else if (commands != null) {
        commands.close(); // The end of its input is what ends a driver.
      }
      if (!ending.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
        ending.destroyForcibly();
        throw new AssertionError(name + "'s driver did not end with its input." + lastErrors());
      }
    } catch (IOException e) {
      ending.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ending.destroyForcibly();
    }
  }

  /** The result of a command; an error of the driver is an error of the scenario. */
  JsonNode ask(ObjectNode request) {
    BufferedWriter to = commands;
    if (process == null || to == null) {
      throw new IllegalStateException(name + " is not open");
    }
    int id = ++lastId;
    try {
      to.write(request.put("id", id).toString());
      to.newLine();
      to.flush();
    } catch (IOException e) {
      throw new AssertionError(name + "'s driver is gone." + lastErrors(), e);
    }
    while (true) {
      JsonNode answer = nextAnswer(request);
      if (answer.path("id").asInt() == id) {
        if (!answer.path("ok").asBoolean()) {
          throw new AssertionError(name + " failed at " + request + ": " + answer + lastErrors());
        }
        return answer.path("result");
      }
    }
  }

  JsonNode ask(String what) {
    return ask(JSON.createObjectNode().put("do", what));
  }

  private JsonNode nextAnswer(ObjectNode request) {
    try {
      JsonNode answer = answers.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
      if (answer == null) {
        throw new AssertionError(name + " does not answer " + request + lastErrors());
      }
      if (!answer.has("id")) {
        throw new AssertionError(name + "'s driver printed what is no answer: " + answer);
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private void read(BufferedReader lines) {
    try (lines) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        answers.put(parsed(line));
      }
    } catch (IOException e) {
      // The process was killed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static JsonNode parsed(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      return JSON.createObjectNode().put("no_answer", line);
    }
  }

  private Path errors() {
    return folder.resolve(name + ".err");
  }

  private String lastErrors() {
    try {
      List<String> lines = Files.readAllLines(errors());
      return "\nIts driver said:\n"
          + String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "";
    }
  }
}
