package chat.jovial.mss.log;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.mds.Body;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Kind;
import chat.jovial.mss.log.TailReader.End;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TailReaderTest {
  private static final long OLD_EPOCH = 10;

  @Test
  void what_is_acknowledged_stays_so_when_the_second_look_sees_nothing() {
    End end = End.of(row(2, 1), List.of());

    assertThat(end.committedSeq()).isEqualTo(1);
    assertThat(end.uncertain()).isEmpty();
    assertThat(end.epoch()).as("somebody must settle it").isZero();
  }

  @Test
  void the_later_of_both_bases_counts() {
    assertThat(End.of(row(5, 4), List.of(row(5, 2))).committedSeq()).isEqualTo(4);
    assertThat(
            End.of(row(5, 2), List.of(row(3, 2), row(4, 2), row(5, 2), row(6, 5))).committedSeq())
        .isEqualTo(5);
  }

  @Test
  void only_entries_beyond_the_base_are_in_doubt() {
    End end = End.of(row(3, 1), List.of(row(2, 1), row(3, 1)));

    assertThat(end.uncertain()).extracting(Entry::seq).containsExactly(2L, 3L);
    assertThat(end.epoch()).isEqualTo(OLD_EPOCH);
  }

  private static LogRow row(long seq, long base) {
    Entry entry =
        new Entry(
            "c",
            seq,
            "ann",
            "bob",
            "phone",
            "id" + seq,
            Instant.EPOCH,
            Instant.EPOCH,
            Kind.MESSAGE,
            Body.ofStored("{\"type\":\"text\",\"text\":\"x\"}"),
            null,
            null,
            null,
            null);
    return new LogRow(entry, base, OLD_EPOCH);
  }
}
