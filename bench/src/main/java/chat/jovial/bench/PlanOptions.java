package chat.jovial.bench;

import chat.jovial.bench.wire.Transport;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The flags that say what to measure. Every number has a bound: this makes load. */
final class PlanOptions {
  private static final int MAX_PAIRS = 5_000;
  private static final int MAX_IN_FLIGHT = 1_000;
  private static final int MAX_TEXT_BYTES = 16_000;
  private static final int MAX_SECONDS = 3_600;
  private static final int MAX_ROUNDS = 100;
  private static final int MAX_RATE = 100_000;
  private static final int MAX_IDLE = 100_000;
  private static final int MAX_STARTS = 50;

  /** As many as a server allows one device. */
  private static final int MAX_FAN_OUT = 1_000;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "PART",
      description =
          "Parts to run, separated by commas: pairs, latency, fanout, idle, start (all five unless"
              + " given); files; file-kills; plain = plain inserts without a server.")
  private Set<Part> only =
      EnumSet.complementOf(EnumSet.of(Part.PLAIN, Part.FILES, Part.CHUNKS, Part.FILE_KILLS));

  @Option(names = "--pairs", defaultValue = "100", description = "Pairs: ${DEFAULT-VALUE}.")
  private int pairs;

  @Option(
      names = "--in-flight",
      defaultValue = "8",
      description = "Messages of each pair on their way at a time: ${DEFAULT-VALUE}.")
  private int inFlight;

  @Option(
      names = "--text-bytes",
      defaultValue = "200",
      description = "Bytes of a message's text: ${DEFAULT-VALUE}.")
  private int textBytes;

  @Option(
      names = "--transport",
      defaultValue = "both",
      description = "tcp, websocket or both: ${DEFAULT-VALUE}.")
  private TransportChoice transport = TransportChoice.BOTH;

  @Option(
      names = "--seconds",
      defaultValue = "20",
      description =
          "Measured seconds of each workload, shared out over the rounds: ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(names = "--rounds", defaultValue = "5", description = "Rounds: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--warm-up",
      defaultValue = "10",
      description = "Seconds of load on each transport before the first round: ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(
      names = "--rate",
      defaultValue = "500",
      description = "Messages a second over all pairs, for the latency: ${DEFAULT-VALUE}.")
  private int rate;

  @Option(
      names = "--idle",
      defaultValue = "10000",
      description = "Idle sessions for each transport: ${DEFAULT-VALUE}.")
  private int idle;

  @Option(
      names = "--starts",
      defaultValue = "3",
      description = "Starts that are measured: ${DEFAULT-VALUE}.")
  private int starts;

  @Option(
      names = "--receipts",
      description =
          "Readers acknowledge every message of the pairs as delivered and read; the writes that this"
              + " costs the store are counted.")
  private boolean receipts;

  @Option(
      names = "--fan-out",
      defaultValue = "1000",
      description = "Connections that one message goes to: ${DEFAULT-VALUE}.")
  private int fanOut;

  /** The values of {@code --transport}. */
  enum TransportChoice {
    TCP,
    WEBSOCKET,
    BOTH
  }

  Plan plan(FilesPlan files) {
    check("--pairs", pairs, 1, MAX_PAIRS);
    check("--in-flight", inFlight, 1, MAX_IN_FLIGHT);
    check("--text-bytes", textBytes, 1, MAX_TEXT_BYTES);
    check("--seconds", seconds, 1, MAX_SECONDS);
    check("--rounds", rounds, 1, MAX_ROUNDS);
    check("--warm-up", warmUp, 0, MAX_SECONDS);
    check("--rate", rate, 1, MAX_RATE);
    check("--idle", idle, 1, MAX_IDLE);
    check("--starts", starts, 1, MAX_STARTS);
    check("--fan-out", fanOut, 1, MAX_FAN_OUT);
    List<Transport> pairTransports =
        switch (transport) {
          case TCP -> List.of(Transport.TCP);
          case WEBSOCKET -> List.of(Transport.WEBSOCKET);
          case BOTH -> List.of(Transport.TCP, Transport.WEBSOCKET);
        };
    return new Plan(
        only,
        pairs,
        inFlight,
        textBytes,
        seconds,
        rounds,
        warmUp,
        pairTransports,
        rate,
        idle,
        transport == TransportChoice.BOTH ? List.of(Transport.values()) : pairTransports,
        starts,
        receipts,
        fanOut,
        files);
  }

  private void check(String flag, int value, int least, int most) {
    if (value < least || value > most) {
      throw new ParameterException(
          command.commandLine(), flag + " must be " + least + " to " + most + ", not " + value);
    }
  }
}
