package chat.jovial.bench.chaos.device;

import chat.jovial.bench.chaos.evidence.Conversation;
import chat.jovial.bench.chaos.evidence.Evidence;
import chat.jovial.bench.chaos.proxy.Route;
import chat.jovial.client.ClientThreads;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All devices, and the writer of their messages: a given number a second, from every device to
 * every conversation in turn. Devices are started and stopped by the caller's thread.
 */
public final class Crowd implements AutoCloseable {
  private static final int TICK_MILLIS = 10;

  /** One message in so many answers the newest of the other side. */
  private static final int REPLY_EACH = 5;

  /** After a stall no more than this is caught up with, in ticks. */
  private static final int MAX_TICKS_AT_ONCE = 20;

  private final Evidence evidence;
  private final List<KitDevice> devices;
  private final List<DeviceSetup> setups;
  private final ClientThreads threads;
  private final ScheduledExecutorService hand =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "chaos-hand");
            thread.setDaemon(true);
            return thread;
          });
  private final List<int[]> streams = new ArrayList<>();
  private final AtomicLong heldBack = new AtomicLong();
  private volatile int rate;
  private long lastNanos;
  private double due;
  private int next;
  private long count;

  public Crowd(Evidence evidence, List<DeviceSetup> setups, ClientThreads threads) {
    this.evidence = evidence;
    this.setups = List.copyOf(setups);
    this.threads = threads;
    this.devices =
        setups.stream()
            .map(setup -> new KitDevice(setup, evidence, threads, crashed -> {}))
            .toList();
    for (KitDevice device : devices) {
      device
          .conversations()
          .forEach(conversation -> streams.add(new int[] {device.index(), conversation}));
    }
  }

  public List<KitDevice> devices() {
    return devices;
  }

  /** The ways of all devices to a node. */
  public List<Route> routesTo(int node) {
    return setups.stream().map(setup -> setup.routes().get(placeOf(setup, node))).toList();
  }

  /** A device's first way leads to the node of its own number, the others follow in turn. */
  static int firstNode(int device, int nodes) {
    return device % nodes;
  }

  private static int placeOf(DeviceSetup setup, int node) {
    int nodes = setup.routes().size();
    return Math.floorMod(node - firstNode(setup.index(), nodes), nodes);
  }

  /** Which devices are connected to a node now. */
  public List<Integer> devicesAt(int node) {
    return devices.stream()
        .filter(
            device ->
                device.node().isPresent()
                    && device.node().getAsInt() == placeOf(setups.get(device.index()), node))
        .map(KitDevice::index)
        .toList();
  }

  public void startAll() {
    devices.stream()
        .filter(device -> !device.isRunning())
        .forEach(device -> device.start(Clock.systemUTC()));
  }

  /** Begins to write. */
  public void begin(int messagesPerSecond) {
    rate = messagesPerSecond;
    lastNanos = System.nanoTime();
    var unused =
        hand.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Nothing more is sent; what is queued still is. */
  public void end() {
    rate = 0;
  }

  private void tick() {
    long now = System.nanoTime();
    double elapsed = (now - lastNanos) / 1e9;
    lastNanos = now;
    due += rate * Math.min(elapsed, MAX_TICKS_AT_ONCE * TICK_MILLIS / 1000.0);
    for (; due >= 1; due--) {
      int[] stream = streams.get(next);
      next = (next + 1) % streams.size();
      if (!devices.get(stream[0]).send(stream[1], count++ % REPLY_EACH == 0)) {
        heldBack.incrementAndGet();
      }
    }
  }

  /** Messages that were not written because the device was off or too many waited there. */
  public long heldBack() {
    return heldBack.get();
  }

  public int waiting() {
    return devices.stream().mapToInt(KitDevice::waiting).sum();
  }

  public long online() {
    return devices.stream().filter(device -> evidence.presence(device.index()).isOnline()).count();
  }

  /** Whether every device is on and has asked for what there is. */
  public boolean isSynced() {
    return devices.stream().filter(KitDevice::isSynced).count() == devices.size();
  }

  /** Whether nothing waits and every device has shown as much as every other one. */
  public boolean isSettled() {
    return online() == devices.size()
        && waiting() == 0
        && evidence.conversations().stream().allMatch(this::isEven);
  }

  private boolean isEven(Conversation conversation) {
    return evidence.cast().devicesOf(conversation.pair()).stream()
            .map(conversation::highestShown)
            .distinct()
            .count()
        == 1;
  }

  /** Ends every device in order and takes down what its local store holds. */
  public void stopAll() {
    devices.forEach(KitDevice::stop);
    devices.forEach(KitDevice::noteLocalStore);
  }

  @Override
  public void close() {
    hand.shutdownNow();
    devices.forEach(KitDevice::stop);
    threads.close();
  }
}
