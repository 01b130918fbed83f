package chat.jovial.bench.files;

import chat.jovial.bench.files.FileClient.StoredFile;
import chat.jovial.bench.store.PlainChunks;
import chat.jovial.bench.subject.Target;
import chat.jovial.contract.fss.Chunks;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;

/** The same files over the three ways: the server, the plain driver, nginx. Blocks its caller. */
public final class FilesLoad {
  /** Where nginx has the file: number 0. */
  public static final String NGINX_FILE = "/file.bin";

  /** A piece small enough that its length says nothing. */
  private static final int FIRST_BYTES = 1_024;

  private static final long MAX_LATENCY_NANOS = 60_000_000_000L;
  private static final int SIGNIFICANT_DIGITS = 3;

  private final FileClient client;
  private final PlainFiles plain;
  private final URI server;
  private final InetSocketAddress http;
  private final Optional<InetSocketAddress> nginx;
  private final SplittableRandom random = new SplittableRandom(1);

  private FilesLoad(
      FileClient client, PlainFiles plain, URI server, Optional<InetSocketAddress> nginx) {
    this.client = client;
    this.plain = plain;
    this.server = server;
    this.http = FileClient.address(server);
    this.nginx = nginx;
  }

  public static FilesLoad open(
      Target target, PlainChunks chunks, FileBytes bytes, Optional<InetSocketAddress> nginx)
      throws IOException, InterruptedException {
    URI server =
        URI.create("http://" + target.endpoint().host() + ":" + target.endpoint().httpPort());
    return new FilesLoad(
        FileClient.logIn(server, bytes), new PlainFiles(chunks, bytes), server, nginx);
  }

  /** What there is after some files were sent. */
  public record Sent<T>(List<T> files, double seconds) {}

  public Sent<StoredFile> upload(int count, int atOnce) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    List<String> ids = Crew.run(http, count, atOnce, client::upload);
    double seconds = since(begin);
    List<StoredFile> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add(client.share(server, i, ids.get(i)));
    }
    return new Sent<>(files, seconds);
  }

  public double download(List<StoredFile> files, int atOnce)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    List<Boolean> unused =
        Crew.run(
            http,
            files.size(),
            atOnce,
            (line, number) -> {
              client.download(line, number, files.get(number).path());
              return true;
            });
    return since(begin);
  }

  public Sent<String> writePlain(int count, int atOnce) throws InterruptedException {
    long begin = System.nanoTime();
    List<String> ids = plain.write(count, atOnce);
    return new Sent<>(ids, since(begin));
  }

  public double readPlain(List<String> ids, int atOnce) throws InterruptedException {
    long begin = System.nanoTime();
    plain.read(ids, atOnce);
    return since(begin);
  }

  /** Each fetches the one file that it has; NaN if there is no nginx. */
  public double downloadFromNginx(int count, int atOnce) throws IOException, InterruptedException {
    if (nginx.isEmpty()) {
      return Double.NaN;
    }
    long begin = System.nanoTime();
    List<Boolean> unused =
        Crew.run(
            nginx.get(),
            count,
            atOnce,
            (line, number) -> {
              client.download(line, 0, NGINX_FILE);
              return true;
            });
    return since(begin);
  }

  /** Times to the first byte of each way. */
  public record FirstBytes(Histogram server, Histogram plain, Histogram nginx) {}

  /** Asks for a few bytes from anywhere in a file, again and again, each way in turn. */
  public FirstBytes firstBytes(StoredFile file, String plainId, int times)
      throws IOException, InterruptedException {
    FirstBytes found = new FirstBytes(histogram(), histogram(), histogram());
    int size = client.bytes().size();
    try (HttpLine line = HttpLine.open(http);
        HttpLine nginxLine = nginx.isPresent() ? HttpLine.open(nginx.get()) : null) {
      for (int i = 0; i < times; i++) {
        int from = random.nextInt(size - FIRST_BYTES);
        found.server.recordValue(client.fetch(line, file.number(), file.path(), from, FIRST_BYTES));
        long begin = System.nanoTime();
        plain.readOneAndWait(plainId, 0, from / Chunks.SIZE);
        found.plain.recordValue(System.nanoTime() - begin);
        if (nginxLine != null) {
          found.nginx.recordValue(client.fetch(nginxLine, 0, NGINX_FILE, from, FIRST_BYTES));
        }
      }
    }
    return found;
  }

  private static Histogram histogram() {
    return new Histogram(MAX_LATENCY_NANOS, SIGNIFICANT_DIGITS);
  }

  private static double since(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
