package chat.jovial.edge.files.download;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** What operators see of downloads. */
final class DownloadMetrics {
  private static final String DOWNLOADS = "jovial.files.downloads";
  private static final String BYTES = "jovial.files.downloaded.bytes";
  private static final String STALLED = "jovial.files.downloads.stalled";
  private static final String BROKEN = "jovial.files.downloads.broken";

  private final AtomicInteger underWay = new AtomicInteger();
  private final Counter bytes;
  private final Counter stalled;
  private final Counter broken;

  DownloadMetrics(MeterRegistry registry) {
    this.bytes = registry.counter(BYTES);
    this.stalled = registry.counter(STALLED);
    this.broken = registry.counter(BROKEN);
    registry.gauge(DOWNLOADS, underWay);
  }

  void begun() {
    underWay.incrementAndGet();
  }

  void ended() {
    underWay.decrementAndGet();
  }

  void sent(int count) {
    bytes.increment(count);
  }

  /** The reader took nothing for too long. */
  void stalled() {
    stalled.increment();
  }

  /** The store failed in the middle. */
  void broken() {
    broken.increment();
  }
}
