package chat.jovial.bench;

import chat.jovial.bench.subject.Target;
import chat.jovial.bench.wire.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The flags that name a server which runs already; on this machine only, as this makes load. */
final class TargetOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--target",
      paramLabel = "HOST:PORT",
      description = "TCP address of a server on this machine that runs already.")
  private Optional<String> tcp = Optional.empty();

  @Option(
      names = "--http",
      paramLabel = "HOST:PORT",
      description = "Its HTTP address; port 8080 of the same host unless given.")
  private Optional<String> http = Optional.empty();

  @Option(
      names = "--cassandra",
      paramLabel = "HOST:PORT",
      description = "Its Cassandra, for the comparison with plain inserts; none without it.")
  private Optional<String> cassandra = Optional.empty();

  @Option(
      names = "--keyspace",
      defaultValue = "jovial",
      description = "Its keyspace there: ${DEFAULT-VALUE}.")
  private String keyspace = "jovial";

  @Option(
      names = "--management",
      paramLabel = "HOST:PORT",
      description = "Its management address, to count what receipts cost; see --receipts.")
  private Optional<String> management = Optional.empty();

  @Option(
      names = "--server-pid",
      paramLabel = "PID",
      description = "Its process, for CPU time and memory.")
  private Optional<Long> serverPid = Optional.empty();

  @Option(
      names = "--cassandra-pid",
      paramLabel = "PID",
      description = "The process of its Cassandra, for CPU time.")
  private Optional<Long> cassandraPid = Optional.empty();

  Optional<Target> target() {
    return tcp.map(
        given -> {
          InetSocketAddress address = address("--target", given);
          InetSocketAddress httpAddress =
              address("--http", http.orElse(address.getHostString() + ":8080"));
          return new Target(
              new Endpoint(
                  address.getHostString(),
                  address.getPort(),
                  httpAddress.getHostString(),
                  httpAddress.getPort()),
              optionalLong(serverPid),
              optionalLong(cassandraPid),
              cassandra.map(text -> address("--cassandra", text)),
              keyspace,
              management.map(text -> address("--management", text)));
        });
  }

  private InetSocketAddress address(String flag, String text) {
    int colon = text.lastIndexOf(':');
    try {
      InetAddress host = InetAddress.getByName(text.substring(0, Math.max(0, colon)));
      if (colon > 0 && host.isLoopbackAddress()) {
        return new InetSocketAddress(host, Integer.parseInt(text.substring(colon + 1)));
      }
    } catch (UnknownHostException | IllegalArgumentException e) {
      // The message below says what is wanted.
    }
    throw new ParameterException(
        command.commandLine(),
        flag + " must be a loopback address and a port, such as 127.0.0.1:7000, not " + text);
  }

  private static OptionalLong optionalLong(Optional<Long> value) {
    return value.isPresent() ? OptionalLong.of(value.get()) : OptionalLong.empty();
  }
}
