package chat.jovial.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.bench.check.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Verdict CLEAN = new Verdict(9, 9, 9, 0, 0, 0, 0, 0, 0, 0, 0);
  private static final Verdict LOSSY = new Verdict(9, 9, 8, 0, 0, 1, 0, 0, 0, 0, 0);

  @Test
  void the_median_of_an_even_count_is_between_the_two_in_the_middle() {
    assertThat(Median.of(9, 1, 3)).isEqualTo(3);
    assertThat(Median.of(4, 1, 3, 100)).isEqualTo(3.5);
    assertThat(Median.of()).isNaN();
  }

  @Test
  void the_comparison_is_with_the_fastest_plain_inserts() {
    CpuSeconds cpu = new CpuSeconds(0, 1, 1);
    PlainReport plain =
        new PlainReport(
            List.of(
                PlainReport.Level.of(64, List.of(100.0, 110.0, 90.0), cpu),
                PlainReport.Level.of(256, List.of(300.0, 310.0, 290.0), cpu),
                PlainReport.Level.of(1024, List.of(10.0, 1000.0, 20.0), cpu)));

    assertThat(plain.best().inFlight()).isEqualTo(256);
  }

  @Test
  void names_loss_in_the_text_and_is_not_clean() {
    assertThat(TextReport.of(report(LOSSY))).contains("BROKEN", "1 lost");
    assertThat(report(LOSSY).isClean()).isFalse();
    assertThat(report(CLEAN).isClean()).isTrue();
  }

  @Test
  void leaves_unknown_numbers_out_of_the_json() {
    assertThat(report(CLEAN).json())
        .contains("\"median_per_second\" : 100.0", "\"p99_ms\"")
        .doesNotContain("ratio_to_plain", "NaN", "\"idle\"");
  }

  private static Report report(Verdict verdict) {
    Histogram histogram = new Histogram(3);
    histogram.recordValue(1_000_000);
    Latency latency = Latency.of(histogram);
    PairsReport pairs =
        new PairsReport(
            "tcp",
            List.of(100.0),
            100,
            Double.NaN,
            Double.NaN,
            latency,
            latency,
            CpuSeconds.ZERO,
            CpuSeconds.ZERO,
            verdict,
            0,
            Map.of());
    ThroughputReport throughput =
        new ThroughputReport(1, 1, 200, 1, 1, 1, 1, null, List.of(pairs), null);
    return new Report(
        Instant.EPOCH, Machine.here(), throughput, null, null, null, null, null, null, null);
  }
}
