package chat.jovial.bench.files;

import chat.jovial.bench.chaos.subject.Subject;
import chat.jovial.bench.files.FileClient.StoredFile;
import chat.jovial.bench.files.FileClient.WrongBytes;
import chat.jovial.bench.report.FileKillsReport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Uploads that go on while the servers that take them are killed: all but one node may be dead at a
 * time, and each is killed only while an upload is on its way to it. Blocks its caller.
 */
public final class FileKills {
  private static final int UPLOADS_PER_NODE = 3;

  /** Slow, so that an upload is under way most of the time and the disk does not fill. */
  private static final int BYTES_PER_SECOND = 256 * 1024;

  private static final Duration START_LIMIT = Duration.ofMinutes(4);

  /** From when a file is there until it must have been read; a node may be starting meanwhile. */
  private static final Duration READ_LIMIT = Duration.ofMinutes(3);

  private static final Duration VICTIM_LIMIT = Duration.ofMinutes(2);
  private static final int MAX_KIND_CHARACTERS = 160;
  private static final long LOOK_MILLIS = 20;
  private static final long AGAIN_MILLIS = 200;
  private static final long MAX_NANOS = TimeUnit.MINUTES.toNanos(10);

  /** Between two lines of progress. */
  private static final int TOLD_KILLS = 10;

  private final Subject subject;
  private final FileClient client;
  private final int kills;
  private final Consumer<String> progress;
  private final BlockingQueue<Integer> running = new LinkedBlockingQueue<>();
  private final AtomicIntegerArray under;
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger hit = new AtomicInteger();
  private final AtomicInteger resumed = new AtomicInteger();
  private final Queue<StoredFile> files = new ConcurrentLinkedQueue<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final Map<String, Integer> interruptions = new ConcurrentHashMap<>();
  private final Histogram resumeNanos = new ConcurrentHistogram(MAX_NANOS, 3);
  private volatile boolean over;

  public FileKills(Subject subject, FileClient client, int kills, Consumer<String> progress) {
    this.subject = subject;
    this.client = client;
    this.kills = kills;
    this.progress = progress;
    this.under = new AtomicIntegerArray(subject.nodes());
  }

  public FileKillsReport run() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    for (int node = 0; node < subject.nodes(); node++) {
      running.add(node);
    }
    int uploads = subject.nodes() * UPLOADS_PER_NODE;
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<?>> senders = new ArrayList<>();
      for (int i = 0; i < uploads; i++) {
        int first = i;
        senders.add(threads.submit(() -> send(first)));
      }
      List<Future<?>> killers = new ArrayList<>();
      for (int i = 1; i < subject.nodes(); i++) {
        killers.add(threads.submit(this::kill));
      }
      for (Future<?> killer : killers) {
        killer.get();
      }
      over = true;
      for (Future<?> sender : senders) {
        sender.get();
      }
      progress.accept("reading all " + files.size() + " files again");
      for (StoredFile file : files) {
        read(file);
      }
    } catch (ExecutionException e) {
      throw new IOException("The run ended early: " + e.getCause(), e);
    } finally {
      over = true;
      threads.shutdownNow();
    }
    return new FileKillsReport(
        done.get(),
        subject.nodes(),
        client.bytes().size(),
        files.size(),
        hit.get(),
        resumed.get(),
        resumeNanos.getValueAtPercentile(50) / 1e6,
        resumeNanos.getMaxValue() / 1e6,
        List.copyOf(wrong),
        new TreeMap<>(interruptions),
        (System.nanoTime() - begin) / 1e9);
  }

  private Void kill() throws Exception {
    while (begun.getAndIncrement() < kills) {
      int node = running.take();
      awaitUpload(node);
      hit.addAndGet(under.get(node));
      subject.killNode(node);
      subject.startNode(node, Duration.ZERO).get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      running.add(node);
      int count = done.incrementAndGet();
      if (count % TOLD_KILLS == 0) {
        progress.accept(
            count
                + " killed, "
                + hit
                + " uploads hit, "
                + files.size()
                + " files complete, "
                + wrong.size()
                + " wrong");
      }
    }
    return null;
  }

  private void awaitUpload(int node) throws InterruptedException {
    long deadline = System.nanoTime() + VICTIM_LIMIT.toNanos();
    // Not just begun: chunks of it are to be on their way.
    TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(3_000));
    while (under.get(node) == 0) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("No upload goes to node " + (node + 1) + " any more.");
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private Void send(int first) throws InterruptedException {
    for (int number = first; !over; number++) {
      TusUpload upload = new TusUpload(client, number, BYTES_PER_SECOND);
      if (complete(upload)) {
        read(number, upload.fileId());
      }
    }
    return null;
  }

  /** Over whichever node answers, until all of it is there. */
  private boolean complete(TusUpload upload) throws InterruptedException {
    long failedAt = 0;
    while (true) {
      int node = ThreadLocalRandom.current().nextInt(subject.nodes());
      long failed = failedAt;
      try (HttpLine line = HttpLine.open(FileClient.address(subject.http(node)))) {
        if (upload.goOn(line, new Watch(node, failed))) {
          return true;
        }
      } catch (WrongBytes e) {
        wrong.add(String.valueOf(e.getMessage()));
        return false;
      } catch (IOException e) {
        failedAt = failedAt == 0 ? System.nanoTime() : failedAt;
        interruptions.merge(kind(e), 1, Integer::sum);
        TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
        continue;
      }
      failedAt = 0;
    }
  }

  /** Without what is in one of them only, so that there are few. */
  private static String kind(IOException failure) {
    String text = String.valueOf(failure.getMessage()).replaceAll("\"request_id\":\"\\w+\"", "");
    return text.substring(0, Math.min(MAX_KIND_CHARACTERS, text.length())).replaceAll("\\d+", "N");
  }

  /** Notes what is on its way to a node, and how long it took to go on after a failure. */
  private final class Watch implements TusUpload.Watcher {
    private final int node;
    private final long failedAt;

    Watch(int node, long failedAt) {
      this.node = node;
      this.failedAt = failedAt;
    }

    @Override
    public void begun() {
      under.incrementAndGet(node);
      if (failedAt != 0) {
        resumed.incrementAndGet();
        resumeNanos.recordValue(Math.min(MAX_NANOS, System.nanoTime() - failedAt));
      }
    }

    @Override
    public void ended() {
      under.decrementAndGet(node);
    }
  }

  private void read(int number, String fileId) throws InterruptedException {
    StoredFile unshared = new StoredFile(number, fileId, "");
    StoredFile file = untilRead(unshared, this::shareAndCheck);
    if (file != null) {
      files.add(file);
      read(file);
    }
  }

  private StoredFile shareAndCheck(int node, StoredFile file)
      throws IOException, InterruptedException {
    client.checkHash(
        file.number(), client.info(subject.http(node), file.fileId()).path("sha256").asText());
    return client.share(subject.http(node), file.number(), file.fileId());
  }

  private void read(StoredFile file) throws InterruptedException {
    StoredFile unused =
        untilRead(
            file,
            (node, asked) -> {
              try (HttpLine line = HttpLine.open(FileClient.address(subject.http(node)))) {
                client.download(line, asked.number(), asked.path());
              }
              return asked;
            });
  }

  private interface Question {
    StoredFile ask(int node, StoredFile file) throws IOException, InterruptedException;
  }

  /** Null, and noted, if it is wrong or no node gives it in time. */
  private @Nullable StoredFile untilRead(StoredFile file, Question question)
      throws InterruptedException {
    long deadline = System.nanoTime() + READ_LIMIT.toNanos();
    while (true) {
      int node = ThreadLocalRandom.current().nextInt(subject.nodes());
      try {
        return question.ask(node, file);
      } catch (WrongBytes e) {
        wrong.add(String.valueOf(e.getMessage()));
        return null;
      } catch (IOException e) {
        if (System.nanoTime() > deadline) {
          wrong.add("File " + file.fileId() + " cannot be read: " + e.getMessage());
          return null;
        }
        TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
      }
    }
  }
}
