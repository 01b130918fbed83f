package chat.jovial.bench;

import chat.jovial.bench.files.FileBytes;
import chat.jovial.bench.files.FileClient.StoredFile;
import chat.jovial.bench.files.FilesLoad;
import chat.jovial.bench.files.FilesLoad.FirstBytes;
import chat.jovial.bench.files.FilesLoad.Sent;
import chat.jovial.bench.report.CpuSeconds;
import chat.jovial.bench.report.FilesReport;
import chat.jovial.bench.report.FilesReport.FirstByte;
import chat.jovial.bench.report.FilesReport.Level;
import chat.jovial.bench.report.FilesReport.Memory;
import chat.jovial.bench.report.FilesReport.Way;
import chat.jovial.bench.report.Latency;
import chat.jovial.bench.store.PlainChunks;
import chat.jovial.bench.subject.Nginx;
import chat.jovial.bench.subject.ResidentMemory;
import chat.jovial.bench.subject.Target;
import chat.jovial.bench.subject.TemporaryFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rounds in turn: files sent to the server, the same chunks written by the plain driver, then both
 * read, and a static file from nginx; files one after another, then many at once.
 */
final class FilesPart {
  /**
   * Not measured: at first one at a time, then many. Until some GB have passed, the server's JVM
   * compiles about as much as it serves.
   */
  private static final int WARM_UP_ROUNDS_OF_ONE = 2;

  private static final int WARM_UP_ROUNDS_OF_MANY = 4;

  /** Of one at a time: one alone is read in less time than a pause of a collector may take. */
  private static final int ONE_AFTER_ANOTHER = 4;

  private static final Duration MAX_QUIET_WAIT = Duration.ofSeconds(30);
  private static final Duration QUIET_LOOK = Duration.ofMillis(500);

  /** What a store that has nothing to do uses less of. */
  private static final double BUSY_CORES = 0.1;

  private static final int FIRST_BYTE_REQUESTS = 200;
  private static final double MB = 1e6;

  private final Plan plan;
  private final Target target;
  private final Progress progress;
  private boolean warm;
  private long mostInUploads;
  private long growthInUploads;
  private long mostInDownloads;

  FilesPart(Plan plan, Target target, Progress progress) {
    this.plan = plan;
    this.target = target;
    this.progress = progress;
  }

  /** The rounds of so many files at once. */
  private static final class Measured {
    final int atOnce;
    final int files;
    final Rates upload = new Rates();
    final Rates download = new Rates();

    private Measured(int atOnce, int files) {
      this.atOnce = atOnce;
      this.files = files;
    }

    /** As many contents as there are at once is what there is. */
    static Measured one(FilesPlan plan) {
      return new Measured(1, Math.min(ONE_AFTER_ANOTHER, plan.atOnce()));
    }

    static Measured many(FilesPlan plan) {
      return new Measured(plan.atOnce(), plan.atOnce());
    }
  }

  private static final class Rates {
    final List<Double> server = new ArrayList<>();
    final List<Double> plain = new ArrayList<>();
    final List<Double> nginx = new ArrayList<>();
    CpuSeconds cpu = CpuSeconds.ZERO;
    CpuSeconds plainCpu = CpuSeconds.ZERO;
    double mb;

    Way way() {
      return new Way(server, plain, nginx, cpu, plainCpu, mb);
    }
  }

  FilesReport run() throws IOException, InterruptedException {
    InetSocketAddress cassandra = target.requireCassandra();
    FileBytes bytes = FileBytes.random(plan.files().bytes(), plan.files().atOnce());
    try (TemporaryFolder folder = TemporaryFolder.create();
        PlainChunks chunks = PlainChunks.open(cassandra, target.keyspace());
        Nginx nginx = nginx(folder.path(), bytes)) {
      Optional<InetSocketAddress> address = Optional.ofNullable(nginx).map(Nginx::address);
      return run(FilesLoad.open(target, chunks, bytes, address), nginx != null);
    }
  }

  private @Nullable Nginx nginx(Path folder, FileBytes bytes)
      throws IOException, InterruptedException {
    Optional<Path> program = Nginx.program();
    if (program.isEmpty()) {
      progress.say(
          "NGINX IS NOT INSTALLED: the outer limit will be missing (Debian: apt install nginx-light)");
      return null;
    }
    Path file = Files.createDirectories(folder.resolve("files")).resolve("file.bin");
    try (OutputStream out = Files.newOutputStream(file)) {
      ByteBuffer all = bytes.part(0, 0, bytes.size());
      while (all.hasRemaining()) {
        Channels.newChannel(out).write(all);
      }
    }
    return Nginx.start(program.get(), folder);
  }

  private FilesReport run(FilesLoad load, boolean nginx) throws IOException, InterruptedException {
    long fresh = resident();
    progress.say("warming up");
    for (int i = 0; i < WARM_UP_ROUNDS_OF_ONE; i++) {
      round(load, Measured.one(plan.files()), i, false);
    }
    long before = resident();
    for (int i = 0; i < WARM_UP_ROUNDS_OF_MANY; i++) {
      // Watched all the same: a server grows most when it does this for the first time.
      round(load, Measured.many(plan.files()), i, true);
    }
    warm = true;
    FirstBytes first = firstBytes(load);
    Measured one = Measured.one(plan.files());
    Measured many = Measured.many(plan.files());
    for (int round = 1; round <= plan.files().rounds(); round++) {
      for (Measured level : List.of(one, many)) {
        round(load, level, round, level == many);
        tell(round, level);
      }
    }
    return new FilesReport(
        plan.files().bytes(),
        plan.files().rounds(),
        List.of(level(one), level(many)),
        new FirstByte(
            Latency.of(first.server()),
            Latency.of(first.plain()),
            nginx ? Latency.of(first.nginx()) : null),
        before == 0
            ? null
            : new Memory(fresh, before, mostInUploads, growthInUploads, mostInDownloads),
        nginx);
  }

  private FirstBytes firstBytes(FilesLoad load) throws IOException, InterruptedException {
    StoredFile file = load.upload(1, 1).files().get(0);
    String plain = load.writePlain(1, 1).files().get(0);
    FirstBytes unused = load.firstBytes(file, plain, FIRST_BYTE_REQUESTS);
    return load.firstBytes(file, plain, FIRST_BYTE_REQUESTS);
  }

  /** Who comes first changes from round to round. */
  private void round(FilesLoad load, Measured level, int number, boolean watches)
      throws IOException, InterruptedException {
    double mb = plan.files().bytes() / MB * level.files;
    level.upload.mb += mb;
    level.download.mb += mb;
    Sent<StoredFile> sent;
    Sent<String> plain;
    if (number % 2 == 1) {
      sent = upload(load, level, mb, watches);
      plain = writePlain(load, level, mb);
      download(load, level, mb, sent, watches);
      readPlain(load, level, mb, plain);
    } else {
      plain = writePlain(load, level, mb);
      sent = upload(load, level, mb, watches);
      readPlain(load, level, mb, plain);
      download(load, level, mb, sent, watches);
    }
    level.download.nginx.add(mb / load.downloadFromNginx(level.files, level.atOnce));
  }

  private CpuWindow begin() throws InterruptedException {
    awaitQuietStore();
    CpuWindow cpu = new CpuWindow(target);
    cpu.start();
    return cpu;
  }

  /**
   * The store flushes and compacts for a while after it was written to, which nobody is to pay for
   * who comes behind.
   */
  private void awaitQuietStore() throws InterruptedException {
    if (!warm) {
      return;
    }
    long end = System.nanoTime() + MAX_QUIET_WAIT.toNanos();
    double before = target.cpu().stores();
    while (System.nanoTime() < end) {
      Thread.sleep(QUIET_LOOK.toMillis());
      double now = target.cpu().stores();
      // Not known, or quiet.
      if (!(now - before >= BUSY_CORES * QUIET_LOOK.toMillis() / 1000)) {
        return;
      }
      before = now;
    }
    progress.say("the store is busy still after %d s", MAX_QUIET_WAIT.toSeconds());
  }

  private Sent<StoredFile> upload(FilesLoad load, Measured level, double mb, boolean watches)
      throws IOException, InterruptedException {
    CpuWindow cpu = begin();
    Sent<StoredFile> sent;
    long before = resident();
    try (ResidentMemory memory = watch(watches)) {
      sent = load.upload(level.files, level.atOnce);
      if (memory != null) {
        mostInUploads = Math.max(mostInUploads, memory.most());
        growthInUploads = Math.max(growthInUploads, memory.most() - before);
      }
    }
    cpu.end();
    level.upload.server.add(mb / sent.seconds());
    level.upload.cpu = level.upload.cpu.plus(cpu.used());
    return sent;
  }

  private Sent<String> writePlain(FilesLoad load, Measured level, double mb)
      throws IOException, InterruptedException {
    CpuWindow cpu = begin();
    Sent<String> plain = load.writePlain(level.files, level.atOnce);
    cpu.end();
    level.upload.plain.add(mb / plain.seconds());
    level.upload.plainCpu = level.upload.plainCpu.plus(cpu.used());
    return plain;
  }

  private void download(
      FilesLoad load, Measured level, double mb, Sent<StoredFile> sent, boolean watches)
      throws IOException, InterruptedException {
    CpuWindow cpu = begin();
    try (ResidentMemory memory = watch(watches)) {
      level.download.server.add(mb / load.download(sent.files(), level.atOnce));
      mostInDownloads = Math.max(mostInDownloads, memory == null ? 0 : memory.most());
    }
    cpu.end();
    level.download.cpu = level.download.cpu.plus(cpu.used());
  }

  private void readPlain(FilesLoad load, Measured level, double mb, Sent<String> plain)
      throws IOException, InterruptedException {
    CpuWindow cpu = begin();
    level.download.plain.add(mb / load.readPlain(plain.files(), level.atOnce));
    cpu.end();
    level.download.plainCpu = level.download.plainCpu.plus(cpu.used());
  }

  private @Nullable ResidentMemory watch(boolean watches) {
    return watches && target.serverPid().isPresent()
        ? ResidentMemory.watch(target.serverPid().getAsLong())
        : null;
  }

  private long resident() {
    return target.serverPid().isPresent() ? ResidentMemory.now(target.serverPid().getAsLong()) : 0;
  }

  private void tell(int round, Measured level) {
    progress.say(
        "round %d, %d at once: up %.0f MB/s (driver %.0f), down %.0f MB/s (driver %.0f, nginx %.0f)",
        round,
        level.atOnce,
        last(level.upload.server),
        last(level.upload.plain),
        last(level.download.server),
        last(level.download.plain),
        last(level.download.nginx));
  }

  private static double last(List<Double> values) {
    return values.get(values.size() - 1);
  }

  private static Level level(Measured measured) {
    return new Level(measured.atOnce, measured.upload.way(), measured.download.way());
  }
}
