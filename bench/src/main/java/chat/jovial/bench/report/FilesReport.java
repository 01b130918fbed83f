package chat.jovial.bench.report;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Files through the server, beside the same chunks by the plain driver and a static file by nginx.
 * Every byte that came back was compared with what was sent.
 *
 * @param nginx false if it is not installed: then what is of it is not known
 */
public record FilesReport(
    int fileBytes,
    int rounds,
    List<Level> levels,
    FirstByte firstByte,
    @Nullable Memory memory,
    boolean nginx) {
  /** So many files at once. */
  public record Level(int atOnce, Way upload, Way download) {}

  /**
   * One direction; MB (10^6 bytes) a second in each round.
   *
   * @param nginx of a download; empty where it is not known
   * @param cpu of all rounds through the server
   * @param plainCpu of all rounds by the plain driver
   * @param mb sent or fetched in all rounds
   */
  public record Way(
      List<Double> server,
      List<Double> plain,
      List<Double> nginx,
      CpuSeconds cpu,
      CpuSeconds plainCpu,
      double mb) {
    public double medianServer() {
      return median(server);
    }

    public double medianPlain() {
      return median(plain);
    }

    public double medianNginx() {
      return median(nginx);
    }

    /** The median of each round's server to driver. */
    public double ratioToPlain() {
      return Median.of(
          IntStream.range(0, Math.min(server.size(), plain.size()))
              .mapToDouble(i -> server.get(i) / plain.get(i))
              .toArray());
    }

    private static double median(List<Double> values) {
      return Median.of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
  }

  /**
   * From a request for a few bytes from the middle of a file to the first of them; by the plain
   * driver, until it has the chunk in which they are.
   *
   * @param nginx null if it is not installed
   */
  public record FirstByte(Latency server, Latency plain, @Nullable Latency nginx) {}

  /**
   * Resident bytes of the server's process alone.
   *
   * @param fresh before any file
   * @param beforeUploads before the first round of many at once, after some of one at a time
   * @param mostInUploads during all rounds of many uploads at once
   * @param growthInUploads the most by which it grew within one round of many uploads at once
   * @param mostInDownloads during all rounds of many downloads at once
   */
  public record Memory(
      long fresh,
      long beforeUploads,
      long mostInUploads,
      long growthInUploads,
      long mostInDownloads) {}
}
