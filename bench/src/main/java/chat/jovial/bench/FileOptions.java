package chat.jovial.bench;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The flags of files. */
final class FileOptions {
  private static final int KIB = 1024;

  /** All files are parts of one array. */
  private static final int MAX_KIB = 512 * KIB;

  private static final int MAX_AT_ONCE = 64;
  private static final int MAX_ROUNDS = 100;
  private static final int MAX_KILLS = 10_000;
  private static final int MAX_NODES = 6;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--file-kib",
      defaultValue = "65536",
      description = "KiB of a file: ${DEFAULT-VALUE}.")
  private int kib;

  @Option(
      names = "--files-at-once",
      defaultValue = "16",
      description = "Files at once, after some one by one: ${DEFAULT-VALUE}.")
  private int atOnce;

  @Option(
      names = "--file-rounds",
      defaultValue = "4",
      description = "Rounds of files: ${DEFAULT-VALUE}. Each stores every file twice.")
  private int rounds;

  @Option(
      names = "--kills",
      defaultValue = "200",
      description = "Servers to kill in mid-upload, for file-kills: ${DEFAULT-VALUE}.")
  private int kills;

  @Option(
      names = "--kill-nodes",
      defaultValue = "3",
      description = "Servers of its cluster: ${DEFAULT-VALUE}.")
  private int nodes;

  FilesPlan plan() {
    check("--file-kib", kib, 4, MAX_KIB);
    check("--files-at-once", atOnce, 1, MAX_AT_ONCE);
    check("--file-rounds", rounds, 1, MAX_ROUNDS);
    check("--kills", kills, 1, MAX_KILLS);
    check("--kill-nodes", nodes, 2, MAX_NODES);
    return new FilesPlan(kib * KIB, atOnce, rounds, kills, nodes);
  }

  private void check(String flag, int value, int least, int most) {
    if (value < least || value > most) {
      throw new ParameterException(
          command.commandLine(), flag + " must be " + least + " to " + most + ", not " + value);
    }
  }
}
