package chat.jovial.edge.files.download;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.fss.Chunks;
import chat.jovial.edge.files.download.Pieces.Slice;
import chat.jovial.edge.files.download.Pieces.Text;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PiecesTest {
  private static final int CHUNK = Chunks.SIZE;

  @Test
  void a_whole_file_is_its_chunks() {
    assertThat(all(DownloadPlan.whole("a/b", 2L * CHUNK + 5)))
        .containsExactly(new Slice(0, 0, CHUNK), new Slice(1, 0, CHUNK), new Slice(2, 0, 5));
    assertThat(all(DownloadPlan.whole("a/b", CHUNK))).containsExactly(new Slice(0, 0, CHUNK));
  }

  @Test
  void a_file_without_bytes_is_nothing() {
    DownloadPlan plan = DownloadPlan.whole("a/b", 0);
    assertThat(plan.length()).isZero();
    assertThat(all(plan)).isEmpty();
  }

  @Test
  void a_range_begins_and_ends_within_chunks() {
    DownloadPlan plan =
        DownloadPlan.of(List.of(new ByteRange(CHUNK - 1, CHUNK)), "a/b", 10L * CHUNK);
    assertThat(plan.length()).isEqualTo(2);
    assertThat(all(plan)).containsExactly(new Slice(0, CHUNK - 1, CHUNK), new Slice(1, 0, 1));
  }

  @Test
  void of_several_ranges_each_has_a_head_and_the_length_counts_all() {
    DownloadPlan plan =
        DownloadPlan.of(
            List.of(new ByteRange(CHUNK, CHUNK + 1), new ByteRange(0, 0)), "a/b", 2L * CHUNK);
    List<Pieces.Piece> pieces = all(plan);
    assertThat(pieces).hasSize(5);
    assertThat(text(pieces.get(0)))
        .matches(
            "\r\n--[-0-9a-f]{36}\r\nContent-Type: a/b\r\n"
                + "Content-Range: bytes 524288-524289/1048576\r\n\r\n");
    assertThat(pieces.get(1)).isEqualTo(new Slice(1, 0, 2));
    assertThat(pieces.get(3)).isEqualTo(new Slice(0, 0, 1));
    assertThat(text(pieces.get(4))).matches("\r\n--[-0-9a-f]{36}--\r\n");
    long sum = 0;
    for (Pieces.Piece piece : pieces) {
      sum += piece instanceof Slice slice ? slice.to() - slice.from() : text(piece).length();
    }
    assertThat(plan.length()).isEqualTo(sum);
  }

  private static String text(Pieces.Piece piece) {
    return ((Text) piece).text().toString();
  }

  private static List<Pieces.Piece> all(DownloadPlan plan) {
    List<Pieces.Piece> all = new ArrayList<>();
    new Pieces(plan).forEachRemaining(all::add);
    return all;
  }
}
