package chat.jovial.bench;

import chat.jovial.bench.load.PairsLoad;
import chat.jovial.bench.store.PlainInserts;
import chat.jovial.bench.store.PlainLoad;
import chat.jovial.bench.subject.Target;
import chat.jovial.bench.wire.Connector;
import chat.jovial.bench.wire.Transport;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Workloads that are measured in turn against one server: plain inserts, if its Cassandra is known,
 * and pairs that are logged in over each transport.
 */
final class Workloads implements AutoCloseable {
  private final Connector connector;
  private final @Nullable PlainInserts inserts;
  private final Map<Transport, PairsLoad> pairs = new EnumMap<>(Transport.class);

  private Workloads(Connector connector, @Nullable PlainInserts inserts) {
    this.connector = connector;
    this.inserts = inserts;
  }

  static Workloads open(Plan plan, Target target, Progress progress) throws InterruptedException {
    String text = Texts.random(plan.textBytes());
    Workloads workloads =
        new Workloads(
            new Connector(target.endpoint()),
            target
                .cassandra()
                .map(address -> PlainInserts.open(address, target.keyspace(), plan.pairs(), text))
                .orElse(null));
    try {
      for (Transport transport : plan.transports()) {
        progress.say("logging in %d pairs over %s", plan.pairs(), transport.label());
        workloads.pairs.put(
            transport,
            PairsLoad.open(workloads.connector, transport, plan.pairs(), text, plan.receipts()));
      }
      return workloads;
    } catch (RuntimeException | InterruptedException e) {
      workloads.close();
      throw e;
    }
  }

  /** Null if nobody said where the server's Cassandra is. */
  @Nullable PlainLoad plain() {
    return inserts == null ? null : new PlainLoad(inserts);
  }

  Map<Transport, PairsLoad> pairs() {
    return Collections.unmodifiableMap(pairs);
  }

  @Override
  public void close() {
    pairs.values().forEach(PairsLoad::close);
    if (inserts != null) {
      inserts.close();
    }
    connector.close();
  }
}
