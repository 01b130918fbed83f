package chat.jovial.bench.chaos;

import chat.jovial.bench.chaos.device.CrashPoint;
import chat.jovial.bench.chaos.device.Crowd;
import chat.jovial.bench.chaos.device.KitDevice;
import chat.jovial.bench.chaos.evidence.Evidence;
import chat.jovial.bench.chaos.plan.Fault;
import chat.jovial.bench.chaos.plan.FaultKind;
import chat.jovial.bench.chaos.proxy.Flow;
import chat.jovial.bench.chaos.report.Incident;
import chat.jovial.bench.chaos.subject.NodeCuts;
import chat.jovial.bench.chaos.subject.Subject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Does what a plan says, one fault after the other, on the caller's thread. */
final class Injector {
  /** For a process that is started; a cluster promises three minutes. */
  private static final Duration START_LIMIT = Duration.ofMinutes(4);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  /** The share of devices that a fault of devices hits: one in so many. */
  private static final int DEVICES_HIT = 3;

  private static final int LONGEST_DELAY_MILLIS = 1_500;
  private static final int SHORTEST_DELAY_MILLIS = 50;

  /** More would make tokens invalid, which is right and says nothing about messages. */
  private static final int NODE_CLOCK_SECONDS = 120;

  /** A phone may be set to another day. */
  private static final int DEVICE_CLOCK_SECONDS = 26 * 3600;

  private final Subject subject;
  private final Crowd crowd;
  private final Evidence evidence;

  Injector(Subject subject, Crowd crowd, Evidence evidence) {
    this.subject = subject;
    this.crowd = crowd;
    this.evidence = evidence;
  }

  /** Returns when it is repaired. */
  Incident inject(Fault fault) throws Exception {
    List<Integer> victims = fault.kind().hitsNode() ? crowd.devicesAt(fault.target()) : List.of();
    Random dice = new Random(fault.dice());
    long begin = System.nanoTime();
    switch (fault.kind()) {
      case KILL_NODE -> {
        subject.killNode(fault.target());
        last(fault);
        await(subject.startNode(fault.target(), Duration.ZERO), START_LIMIT);
      }
      case STOP_NODE -> {
        await(subject.stopNode(fault.target()), STOP_LIMIT);
        last(fault);
        await(subject.startNode(fault.target(), Duration.ZERO), START_LIMIT);
      }
      case KILL_STORE -> {
        subject.killStore(fault.target());
        last(fault);
        await(subject.startStore(fault.target()), START_LIMIT);
      }
      case PAUSE_NODE -> last(fault, subject.pauseNode(fault.target()));
      case PAUSE_STORE -> last(fault, subject.pauseStore(fault.target()));
      case CUT_CLIENTS -> disturbClients(fault, Flow.CUT, 0);
      case HOLD_CLIENTS -> disturbClients(fault, Flow.HELD, 0);
      case DELAY_CLIENTS -> disturbClients(fault, Flow.SLOW, delay(dice));
      case CUT_NODES -> last(fault, cuts().fromNodes(fault.target()));
      case CUT_STORE -> last(fault, cuts().fromStores(fault.target()));
      case NODE_CLOCK -> setNodeClock(fault, dice);
      case DEVICE_CLOCKS -> setDeviceClocks(fault, dice);
      case CRASH_DEVICES -> crashDevices(fault, dice);
    }
    long end = System.nanoTime();
    if (fault.kind().hitsNode() && subject.nodes() == 1) {
      evidence.noteBlackout(begin, end);
    }
    return new Incident(fault, begin, end, victims);
  }

  /** Whatever a plan left behind is repaired. */
  void mendDevices() {
    crowd.devices().forEach(KitDevice::disarm);
    crowd.startAll();
  }

  /** Whether this subject can suffer it. */
  static boolean isPossible(FaultKind kind, Subject subject) {
    return switch (kind) {
      case CUT_NODES -> subject.nodes() > 1 && subject.cuts().isPresent();
      case CUT_STORE -> subject.cuts().isPresent();
      case KILL_STORE, PAUSE_STORE -> subject.stores() >= 3;
      default -> true;
    };
  }

  private void disturbClients(Fault fault, Flow flow, long millis) throws InterruptedException {
    crowd.routesTo(fault.target()).forEach(route -> route.set(flow, millis));
    try {
      last(fault);
    } finally {
      crowd.routesTo(fault.target()).forEach(route -> route.set(Flow.OPEN));
    }
  }

  private static long delay(Random dice) {
    return SHORTEST_DELAY_MILLIS + dice.nextInt(LONGEST_DELAY_MILLIS - SHORTEST_DELAY_MILLIS);
  }

  private void setNodeClock(Fault fault, Random dice) throws Exception {
    int seconds = dice.nextInt(2 * NODE_CLOCK_SECONDS) - NODE_CLOCK_SECONDS;
    await(subject.stopNode(fault.target()), STOP_LIMIT);
    await(subject.startNode(fault.target(), Duration.ofSeconds(seconds)), START_LIMIT);
    last(fault);
    await(subject.stopNode(fault.target()), STOP_LIMIT);
    await(subject.startNode(fault.target(), Duration.ZERO), START_LIMIT);
  }

  private void setDeviceClocks(Fault fault, Random dice) throws InterruptedException {
    List<KitDevice> hit = some(dice);
    for (KitDevice device : hit) {
      int seconds = dice.nextInt(2 * DEVICE_CLOCK_SECONDS) - DEVICE_CLOCK_SECONDS;
      device.stop();
      device.start(Clock.offset(Clock.systemUTC(), Duration.ofSeconds(seconds)));
    }
    last(fault);
    for (KitDevice device : hit) {
      device.stop();
      device.start(Clock.systemUTC());
    }
  }

  private void crashDevices(Fault fault, Random dice) throws InterruptedException {
    List<KitDevice> hit = some(dice);
    CrashPoint[] points = CrashPoint.values();
    hit.forEach(device -> device.crashAt(points[dice.nextInt(points.length)]));
    last(fault);
    mendDevices();
  }

  private List<KitDevice> some(Random dice) {
    return crowd.devices().stream().filter(device -> dice.nextInt(DEVICES_HIT) == 0).toList();
  }

  private NodeCuts cuts() {
    return subject
        .cuts()
        .orElseThrow(() -> new IllegalStateException("servers cannot be cut off here"));
  }

  private static void last(Fault fault, AutoCloseable until) throws Exception {
    try (until) {
      last(fault);
    }
  }

  private static void last(Fault fault) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(Math.round(fault.forSeconds() * 1000));
  }

  private static void await(CompletableFuture<?> done, Duration limit)
      throws InterruptedException, ExecutionException, TimeoutException {
    done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
  }
}
