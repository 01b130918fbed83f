package chat.jovial.edge.files.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangesTest {
  private static final long SIZE = 1_000;

  @Test
  void a_range_has_both_its_ends() {
    assertThat(of("bytes=0-0")).contains(List.of(new ByteRange(0, 0)));
    assertThat(of("bytes=0-499")).contains(List.of(new ByteRange(0, 499)));
    assertThat(of("BYTES = 5-6")).as("a blank before =").isEmpty();
    assertThat(of("Bytes=5-6")).contains(List.of(new ByteRange(5, 6)));
  }

  @Test
  void an_open_range_goes_to_the_end_and_a_suffix_begins_before_it() {
    assertThat(of("bytes=990-")).contains(List.of(new ByteRange(990, 999)));
    assertThat(of("bytes=-10")).contains(List.of(new ByteRange(990, 999)));
    assertThat(of("bytes=-5000")).contains(List.of(new ByteRange(0, 999)));
  }

  @Test
  void what_lies_beyond_the_end_is_cut_off_or_not_satisfiable() {
    assertThat(of("bytes=990-5000")).contains(List.of(new ByteRange(990, 999)));
    assertThat(of("bytes=1000-")).contains(List.of());
    assertThat(of("bytes=1000-1001,5000-")).contains(List.of());
    assertThat(of("bytes=-0")).contains(List.of());
    assertThat(of("bytes=1000-,3-4")).contains(List.of(new ByteRange(3, 4)));
    String huge = "9".repeat(400);
    assertThat(of("bytes=" + huge + "-")).contains(List.of());
    assertThat(of("bytes=0-" + huge)).contains(List.of(new ByteRange(0, 999)));
    assertThat(of("bytes=-" + huge)).contains(List.of(new ByteRange(0, 999)));
    assertThat(of("bytes=" + "0".repeat(400) + "7-8")).contains(List.of(new ByteRange(7, 8)));
  }

  @Test
  void of_a_file_without_bytes_there_is_no_range() {
    assertThat(Ranges.of("bytes=0-", 0)).contains(List.of());
    assertThat(Ranges.of("bytes=-5", 0)).contains(List.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=,",
        "bytes=-",
        "bytes=x-y",
        "bytes=5-2",
        "bytes=1-2,x",
        "bytes=1-2-3",
        "bytes=+1-2",
        "bytes=1 -2",
        "seconds=0-5",
        "bytes=٣-٤"
      })
  void what_cannot_be_read_is_ignored(String header) {
    assertThat(of(header)).isEmpty();
  }

  @Test
  void without_a_header_it_is_the_whole_file() {
    assertThat(Ranges.of(null, SIZE)).isEmpty();
  }

  @Test
  void several_ranges_come_in_the_order_asked_for() {
    assertThat(of("bytes=500-509, 0-9 ,, -1"))
        .contains(List.of(new ByteRange(500, 509), new ByteRange(0, 9), new ByteRange(999, 999)));
  }

  @Test
  void ranges_that_overlap_are_made_one() {
    assertThat(of("bytes=5-20,0-9,900-950,15-30"))
        .contains(List.of(new ByteRange(0, 30), new ByteRange(900, 950)));
    assertThat(of("bytes=" + "0-,".repeat(2_000))).contains(List.of(new ByteRange(0, 999)));
  }

  @Test
  void more_ranges_than_anybody_needs_give_the_whole_file() {
    assertThat(of(tiny(Ranges.MAX)).orElseThrow()).hasSize(Ranges.MAX);
    assertThat(of(tiny(Ranges.MAX + 1))).isEmpty();
    assertThat(of(tiny(400))).isEmpty();
  }

  private static String tiny(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> 2 * i + "-" + 2 * i)
        .collect(Collectors.joining(",", "bytes=", ""));
  }

  private static Optional<List<ByteRange>> of(String header) {
    return Ranges.of(header, SIZE);
  }
}
