package chat.jovial.bench;

import chat.jovial.bench.load.Accounts;
import chat.jovial.bench.load.IdleLoad;
import chat.jovial.bench.report.IdleReport;
import chat.jovial.bench.report.IdleReport.ClassGrowth;
import chat.jovial.bench.report.IdleReport.Memory;
import chat.jovial.bench.subject.MemoryProbe;
import chat.jovial.bench.subject.MemoryProbe.ClassCount;
import chat.jovial.bench.subject.MemoryProbe.Snapshot;
import chat.jovial.bench.subject.Target;
import chat.jovial.bench.wire.Connector;
import chat.jovial.bench.wire.Transport;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The memory of sessions over one transport, on a server that has nothing else to do. */
final class IdlePart {
  /** Enough to load every class and to fill the pools of each of the server's threads. */
  static final int WARM_UP_SESSIONS = 500;

  private static final int SHOWN_CLASSES = 15;

  /** What the server does after the last login or logout, such as writing it down, is then done. */
  private static final int SETTLE_SECONDS = 5;

  private final Plan plan;
  private final Target target;
  private final Progress progress;

  IdlePart(Plan plan, Target target, Progress progress) {
    this.plan = plan;
    this.target = target;
    this.progress = progress;
  }

  IdleReport.Over run(Transport transport) throws IOException, InterruptedException {
    MemoryProbe probe =
        new MemoryProbe(
            target
                .serverPid()
                .orElseThrow(
                    () ->
                        new IllegalStateException(
                            "The process of the server is not known: give it with --server-pid.")));
    try (Connector connector = new Connector(target.endpoint())) {
      progress.say("making %d users with a token each", plan.idle());
      List<Accounts.User> users = IdleLoad.users(connector, plan.idle());
      warmUp(connector, transport, users.subList(0, Math.min(WARM_UP_SESSIONS, users.size())));
      Snapshot base = probe.take();
      progress.say("opening %d sessions over %s", plan.idle(), transport.label());
      long startNanos = System.nanoTime();
      try (IdleLoad load = IdleLoad.open(connector, transport, users)) {
        double openSeconds = (System.nanoTime() - startNanos) / 1e9;
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        Snapshot loaded = probe.take();
        load.checkAllOpen();
        IdleReport.Over over = report(transport, openSeconds, base, loaded);
        progress.say("%.1f kB a session over %s", over.bytesEach() / 1000, transport.label());
        return over;
      }
    }
  }

  private static void warmUp(Connector connector, Transport transport, List<Accounts.User> users)
      throws InterruptedException {
    IdleLoad.open(connector, transport, users).close();
    TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
  }

  private IdleReport.Over report(
      Transport transport, double openSeconds, Snapshot base, Snapshot loaded) {
    Memory before = base.memory();
    Memory after = loaded.memory();
    double sessions = plan.idle();
    double heap = (after.heap() - before.heap()) / sessions;
    double nativeMemory = (after.nativeMemory() - before.nativeMemory()) / sessions;
    return new IdleReport.Over(
        transport.label(),
        openSeconds,
        before,
        after,
        heap,
        nativeMemory,
        heap + nativeMemory,
        (after.resident() - before.resident()) / sessions,
        growth(base, loaded));
  }

  private List<ClassGrowth> growth(Snapshot base, Snapshot loaded) {
    double sessions = plan.idle();
    ClassCount none = new ClassCount(0, 0);
    return loaded.classes().entrySet().stream()
        .map(
            entry -> {
              ClassCount before = base.classes().getOrDefault(entry.getKey(), none);
              ClassCount after = entry.getValue();
              return new ClassGrowth(
                  entry.getKey(),
                  (after.instances() - before.instances()) / sessions,
                  (after.bytes() - before.bytes()) / sessions);
            })
        .sorted(Comparator.comparingDouble(ClassGrowth::bytesEach).reversed())
        .limit(SHOWN_CLASSES)
        .toList();
  }
}
