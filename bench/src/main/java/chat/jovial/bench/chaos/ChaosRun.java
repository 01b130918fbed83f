package chat.jovial.bench.chaos;

import chat.jovial.bench.chaos.check.Checker;
import chat.jovial.bench.chaos.check.Findings;
import chat.jovial.bench.chaos.check.Rule;
import chat.jovial.bench.chaos.device.Api;
import chat.jovial.bench.chaos.device.Crowd;
import chat.jovial.bench.chaos.device.KitTimes;
import chat.jovial.bench.chaos.evidence.Conversation;
import chat.jovial.bench.chaos.evidence.Evidence;
import chat.jovial.bench.chaos.evidence.Message;
import chat.jovial.bench.chaos.plan.Fault;
import chat.jovial.bench.chaos.plan.FaultKind;
import chat.jovial.bench.chaos.plan.FaultPlan;
import chat.jovial.bench.chaos.proxy.Proxy;
import chat.jovial.bench.chaos.report.ChaosReport;
import chat.jovial.bench.chaos.report.Counts;
import chat.jovial.bench.chaos.report.Incident;
import chat.jovial.bench.chaos.report.Outages;
import chat.jovial.bench.chaos.subject.StoreTables;
import chat.jovial.bench.chaos.subject.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One run against a subject: begin, break, mend, settle, check. Blocks on the caller's thread. */
final class ChaosRun {
  /** Until every device is there and has had one message in each conversation. */
  private static final Duration BEGIN_LIMIT = Duration.ofMinutes(2);

  /** After the last repair. */
  private static final Duration SETTLE_LIMIT = Duration.ofMinutes(2);

  private static final long LOOK_MILLIS = 100;
  private static final String KEYSPACE = "jovial";

  private final ChaosPlan plan;
  private final Subject subject;
  private final Path folder;
  private final Consumer<String> progress;

  /**
   * @param folder for the devices' local stores
   * @param progress is told, line by line, what goes on
   */
  ChaosRun(ChaosPlan plan, Subject subject, Path folder, Consumer<String> progress) {
    this.plan = plan;
    this.subject = subject;
    this.folder = folder;
    this.progress = progress;
  }

  ChaosReport run() throws Exception {
    Set<FaultKind> possible = EnumSet.noneOf(FaultKind.class);
    List<String> leftOut = new ArrayList<>();
    for (FaultKind kind : plan.kinds()) {
      if (Injector.isPossible(kind, subject)) {
        possible.add(kind);
      } else {
        leftOut.add(kind + " (" + kind.meaning() + ")");
      }
    }
    FaultPlan faults =
        FaultPlan.of(plan.seed(), plan.seconds(), subject.nodes(), subject.stores(), possible);
    progress.accept("the plan of seed " + plan.seed() + ":\n" + faults.describe());
    try (Proxy proxy = new Proxy()) {
      Stage stage = Stage.set(plan, subject, proxy, folder);
      try (Crowd crowd = stage.crowd()) {
        return run(stage, faults, leftOut);
      }
    }
  }

  private ChaosReport run(Stage stage, FaultPlan faults, List<String> leftOut) throws Exception {
    Crowd crowd = stage.crowd();
    Evidence evidence = stage.evidence();
    begin(crowd, evidence);
    Injector injector = new Injector(subject, crowd, evidence);
    crowd.begin(plan.rate());
    List<Incident> incidents;
    long warm;
    try (Ticker ignored = new Ticker(() -> progress.accept(status(crowd, evidence)))) {
      TimeUnit.SECONDS.sleep(plan.warmUpSeconds());
      warm = System.nanoTime();
      incidents = inject(injector, faults);
    }
    crowd.end();
    injector.mendDevices();
    long mended = System.nanoTime();
    boolean settled = await(SETTLE_LIMIT, crowd::isSettled);
    double settleSeconds = (System.nanoTime() - mended) / 1e9;
    progress.accept(status(crowd, evidence) + (settled ? "; settled" : "; NOT settled"));
    crowd.stopAll();
    progress.accept("reading every history and every table");
    read(stage);
    Findings findings = new Checker(KitTimes.PROMPTNESS).check(evidence);
    Map<Rule, List<String>> examples = new EnumMap<>(Rule.class);
    findings.counts().keySet().forEach(rule -> examples.put(rule, findings.examples(rule)));
    return new ChaosReport(
        Instant.now(),
        plan.seed(),
        plan.seconds(),
        subject.nodes(),
        subject.stores(),
        evidence.cast().devices(),
        plan.rate(),
        Counts.of(evidence, crowd.heldBack()),
        findings.counts(),
        examples,
        settled,
        settleSeconds,
        Outages.of(evidence, incidents, warm),
        subject.falseAlarms(),
        incidents.stream().map(ChaosRun::describe).toList(),
        leftOut);
  }

  /**
   * One message from everybody to everybody before anything is broken, and after everybody's first
   * sync: where a conversation begins for a device that never saw it, is another question than this
   * program's.
   */
  private void begin(Crowd crowd, Evidence evidence) throws InterruptedException, TimeoutException {
    crowd.startAll();
    check(await(BEGIN_LIMIT, crowd::isSynced), crowd, evidence);
    crowd
        .devices()
        .forEach(device -> device.conversations().forEach(index -> device.send(index, false)));
    check(await(BEGIN_LIMIT, crowd::isSettled), crowd, evidence);
    progress.accept("all devices are there; " + status(crowd, evidence));
  }

  private static void check(boolean done, Crowd crowd, Evidence evidence) throws TimeoutException {
    if (!done) {
      throw new TimeoutException(
          "Even before anything was broken it did not work: " + status(crowd, evidence));
    }
  }

  private List<Incident> inject(Injector injector, FaultPlan faults) throws Exception {
    List<Incident> incidents = new ArrayList<>();
    long begin = System.nanoTime();
    for (Fault fault : faults.faults()) {
      sleepUntil(begin, fault.atSeconds());
      progress.accept(fault.describe());
      incidents.add(injector.inject(fault));
      progress.accept(fault.number() + ". repaired");
    }
    sleepUntil(begin, plan.seconds());
    return incidents;
  }

  private static void sleepUntil(long begin, double seconds) throws InterruptedException {
    long left = begin + Math.round(seconds * 1e9) - System.nanoTime();
    if (left > 0) {
      TimeUnit.NANOSECONDS.sleep(left);
    }
  }

  private void read(Stage stage) throws IOException, InterruptedException {
    Evidence evidence = stage.evidence();
    try (StoreTables tables = StoreTables.open(subject.store(0), KEYSPACE, subject.masterKey())) {
      int node = 0;
      for (Conversation conversation : evidence.conversations()) {
        String id = conversation.pair().conversationId();
        for (int user : List.of(conversation.pair().first(), conversation.pair().second())) {
          Api api = new Api(subject.http(node++ % subject.nodes()));
          conversation.setHistory(user, api.history(stage.tokenOf(user), id));
        }
        conversation.setTable(tables.rows(id));
      }
    }
  }

  private static String describe(Incident incident) {
    return incident.fault().describe()
        + ", repaired after "
        + Duration.ofNanos(incident.endNanos() - incident.beginNanos()).toMillis()
        + " ms, "
        + incident.victims().size()
        + " devices there";
  }

  private static String status(Crowd crowd, Evidence evidence) {
    return evidence.messages().count()
        + " sent, "
        + evidence.messages().filter(Message::wasStored).count()
        + " stored, "
        + crowd.waiting()
        + " waiting, "
        + crowd.online()
        + " of "
        + crowd.devices().size()
        + " devices online, "
        + crowd.heldBack()
        + " held back";
  }

  private static boolean await(Duration limit, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    return true;
  }
}
