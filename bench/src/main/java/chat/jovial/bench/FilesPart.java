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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rounds in turn: files sent to the server, the same chunks written by the plain driver, then both
 * read, and a static file from nginx; one file, then many at once.
 */
final class FilesPart {
  /**
   * Not measured: at first one at a time, then many. Until some GB have passed, the server's JVM
   * compiles about as much as it serves.
   */
  private static final int WARM_UP_FILES = 8;

  private static final int WARM_UP_ROUNDS = 4;

  private static final int FIRST_BYTE_REQUESTS = 200;
  private static final double MB = 1e6;

  private final Plan plan;
  private final Target target;
  private final Progress progress;
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
    final Rates upload = new Rates();
    final Rates download = new Rates();

    Measured(int atOnce) {
      this.atOnce = atOnce;
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
    for (int i = 0; i < WARM_UP_FILES; i++) {
      round(load, new Measured(1), i, false);
    }
    long before = resident();
    for (int i = 0; i < WARM_UP_ROUNDS; i++) {
      // Watched all the same: a server grows most when it does this for the first time.
      round(load, new Measured(plan.files().atOnce()), i, true);
    }
    FirstBytes first = firstBytes(load);
    Measured one = new Measured(1);
    Measured many = new Measured(plan.files().atOnce());
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
    StoredFile file = load.upload(1).files().get(0);
    String plain = load.writePlain(1).files().get(0);
    FirstBytes unused = load.firstBytes(file, plain, FIRST_BYTE_REQUESTS);
    return load.firstBytes(file, plain, FIRST_BYTE_REQUESTS);
  }

  /**
   * The store flushes and compacts for a while after it was written to, so who comes first changes
   * from round to round.
   */
  private void round(FilesLoad load, Measured level, int number, boolean watches)
      throws IOException, InterruptedException {
    double mb = plan.files().bytes() / MB * level.atOnce;
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
    level.download.nginx.add(mb / load.downloadFromNginx(level.atOnce));
  }

  private Sent<StoredFile> upload(FilesLoad load, Measured level, double mb, boolean watches)
      throws IOException, InterruptedException {
    CpuWindow cpu = new CpuWindow(target);
    cpu.start();
    Sent<StoredFile> sent;
    long before = resident();
    try (ResidentMemory memory = watch(watches)) {
      sent = load.upload(level.atOnce);
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
    CpuWindow cpu = new CpuWindow(target);
    cpu.start();
    Sent<String> plain = load.writePlain(level.atOnce);
    cpu.end();
    level.upload.plain.add(mb / plain.seconds());
    level.upload.plainCpu = level.upload.plainCpu.plus(cpu.used());
    return plain;
  }

  private void download(
      FilesLoad load, Measured level, double mb, Sent<StoredFile> sent, boolean watches)
      throws IOException, InterruptedException {
    CpuWindow cpu = new CpuWindow(target);
    cpu.start();
    try (ResidentMemory memory = watch(watches)) {
      level.download.server.add(mb / load.download(sent.files()));
      mostInDownloads = Math.max(mostInDownloads, memory == null ? 0 : memory.most());
    }
    cpu.end();
    level.download.cpu = level.download.cpu.plus(cpu.used());
  }

  private void readPlain(FilesLoad load, Measured level, double mb, Sent<String> plain)
      throws IOException, InterruptedException {
    CpuWindow cpu = new CpuWindow(target);
    cpu.start();
    level.download.plain.add(mb / load.readPlain(plain.files()));
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
