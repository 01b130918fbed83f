package chat.jovial.mss.read;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mds.MessagePage;
import chat.jovial.mss.read.TimelineScan.Scanned;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimelinePageTest {
  private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

  @Test
  void it_holds_the_newest_of_all_and_one_more_than_it_shows() {
    TimelinePage page = TimelinePage.empty(3);
    for (int conversation = 0; conversation < 100; conversation++) {
      page = page.with(List.of(scan("c" + conversation, null, 10, 9, 8, 7)));
      assertThat(page.entries()).hasSizeLessThanOrEqualTo(4);
    }
    page = page.with(List.of(scan("newest", null, 12, 11, 1)));
    MessagePage reply = page.reply();
    assertThat(reply.messages()).extracting(Entry::seq).containsExactly(12L, 11L, 10L);
    assertThat(reply.more()).isTrue();
    assertThat(page.isFullBefore(START.plusSeconds(9))).isTrue();
    assertThat(page.isFullBefore(START.plusSeconds(10))).isFalse();
  }

  @Test
  void nothing_older_is_told_than_where_a_scan_gave_up() {
    TimelinePage page =
        TimelinePage.empty(5)
            .with(List.of(scan("a", null, 9, 3), scan("b", 4L, 8)))
            .with(List.of(scan("c", 6L, 7, 5)));
    MessagePage reply = page.reply();
    assertThat(reply.messages()).extracting(Entry::seq).containsExactly(9L, 8L, 7L);
    assertThat(reply.more()).isTrue();
    assertThat(Position.ofCursor(String.valueOf(reply.cursor())).storedAt())
        .isEqualTo(START.plusSeconds(6));
  }

  @Test
  void a_page_that_is_not_full_is_the_last() {
    assertThat(TimelinePage.empty(5).with(List.of(scan("a", null, 9))).reply())
        .isEqualTo(new MessagePage(List.of(entry("a", 9)), null, false));
    assertThat(TimelinePage.empty(5).isFullBefore(Instant.EPOCH)).isFalse();
  }

  private static Scanned scan(String conversation, @Nullable Long gaveUpAt, long... seqs) {
    return new Scanned(
        LongStream.of(seqs).mapToObj(seq -> entry(conversation, seq)).toList(),
        gaveUpAt == null ? null : Position.of(entry(conversation, gaveUpAt)));
  }

  /** Stored as many seconds after the start as its seq says. */
  private static Entry entry(String conversation, long seq) {
    Instant at = START.plusSeconds(seq);
    return new Entry(
        conversation, seq, "u", null, "d", "c", at, at, Kind.MESSAGE, null, null, null, null, null);
  }
}
