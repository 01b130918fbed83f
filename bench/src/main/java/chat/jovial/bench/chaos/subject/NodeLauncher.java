package chat.jovial.bench.chaos.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The program that the cluster runs as each node: it gives the node its clock and, in a network of
 * our own, its user, and becomes the server.
 */
final class NodeLauncher {
  private static final String SCRIPT =
      """
      #!/bin/sh
      # Made by ./jovial chaos. Which node it is, its data folder says.
      for argument; do
        case $argument in --data-dir=*) data=${argument#--data-dir=} ;; esac
      done
      number=${data##*node-}
      clock=%s/clock-$number
      [ ! -f "$clock" ] || JOVIAL_JAVA_OPTIONS="$JOVIAL_JAVA_OPTIONS -Djovial.clock.offset=$(cat "$clock")"
      export JOVIAL_JAVA_OPTIONS
      # What the launcher script would have passed on, when we start a JVM ourselves.
      export JDK_JAVA_OPTIONS="%s"
      if [ %s = yes ]; then
        user=$((%d + number))
        chown -R $user "$data"
        exec setpriv --reuid=$user --regid=$user --clear-groups %s "$@"
      fi
      exec %s "$@"
      """;

  private final Path folder;
  private final Path script;

  /**
   * @param folder for the script and the clocks
   * @param words the launcher, or whatever takes its arguments
   * @param passesOptions whether it passes on JOVIAL_JAVA_OPTIONS by itself
   */
  NodeLauncher(Path folder, List<String> words, boolean passesOptions) throws IOException {
    this.folder = folder;
    String command = words.stream().map(NodeLauncher::quote).collect(Collectors.joining(" "));
    script = folder.resolve("node");
    Files.writeString(
        script,
        SCRIPT.formatted(
            quote(folder.toString()),
            passesOptions ? "" : "$JOVIAL_JAVA_OPTIONS",
            PrivateNetwork.isPrivate() ? "yes" : "no",
            // The script counts nodes from 1.
            PrivateNetwork.user(-1),
            command,
            command));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  Path script() {
    return script;
  }

  /** For its next start. */
  void setClock(int node, Duration offset) {
    Path file = folder.resolve("clock-" + (node + 1));
    try {
      if (offset.isZero()) {
        Files.deleteIfExists(file);
      } else {
        Files.writeString(file, offset.toString());
      }
    } catch (IOException e) {
      throw new IllegalStateException("Cannot write " + file, e);
    }
  }

  private static String quote(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
