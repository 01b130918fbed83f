package chat.jovial.mss.read;

import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.MessagePage;
import chat.jovial.mss.read.TimelineScan.Scanned;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Page of a timeline that is being gathered. Holds no more than it can show and one entry beyond,
 * which shows that there is a next page, however many conversations were active on the same day.
 *
 * @param entries newest first
 * @param horizon where a scan gave up early: nothing older may be shown yet, the next page goes on
 *     from there
 */
record TimelinePage(int limit, List<Entry> entries, @Nullable Position horizon) {

  static TimelinePage empty(int limit) {
    return new TimelinePage(limit, List.of(), null);
  }

  TimelinePage with(List<Scanned> scans) {
    Position newestHorizon =
        Stream.concat(Stream.ofNullable(horizon), scans.stream().flatMap(TimelinePage::gaveUpAt))
            .min(Position.NEWEST_FIRST)
            .orElse(null);
    List<Entry> newest =
        Stream.concat(entries.stream(), scans.stream().flatMap(scan -> scan.entries().stream()))
            .sorted(Comparator.comparing(Position::of, Position.NEWEST_FIRST))
            .limit(limit + 1L)
            .toList();
    return new TimelinePage(limit, newest, newestHorizon);
  }

  /** Whether nothing that was stored up to that time can be in it. */
  boolean isFullBefore(Instant time) {
    return entries.size() > limit && entries.get(limit).storedAt().isAfter(time);
  }

  MessagePage reply() {
    List<Entry> shown =
        entries.stream()
            .filter(entry -> horizon == null || !Position.of(entry).isAfter(horizon))
            .toList();
    if (shown.size() > limit) {
      List<Entry> page = shown.subList(0, limit);
      return new MessagePage(page, Position.of(page.get(limit - 1)).cursor(), true);
    }
    return horizon == null
        ? new MessagePage(shown, null, false)
        : new MessagePage(shown, horizon.cursor(), true);
  }

  private static Stream<Position> gaveUpAt(Scanned scan) {
    return Stream.ofNullable(scan.gaveUpAt());
  }
}
