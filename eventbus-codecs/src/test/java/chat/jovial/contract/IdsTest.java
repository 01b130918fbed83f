package chat.jovial.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdsTest {
  private static final String ANN = Ids.text(new UUID(1, 2));
  private static final String BOB = Ids.text(new UUID(3, 4));
  private static final String EVE = Ids.text(new UUID(5, 6));

  @Test
  void texts_of_uuids_sort_as_the_uuids_do() {
    assertThat(Ids.text(new UUID(0, 0))).isEqualTo("00000000000000000000000000");
    assertThat(Ids.text(new UUID(-1, -1))).isEqualTo("7zzzzzzzzzzzzzzzzzzzzzzzzz");
    assertThat(Ids.text(new UUID(0, 33))).endsWith("11");
    assertThat(ANN).isLessThan(BOB);
  }

  @Test
  void an_assigned_id_is_told_from_others() {
    assertThat(Ids.isAssigned(ANN)).isTrue();
    assertThat(Ids.isAssigned(ANN.substring(1))).isFalse();
    assertThat(Ids.isAssigned(ANN.replace('0', 'o'))).isFalse();
    assertThat(Ids.isAssigned(ANN.toUpperCase(Locale.ROOT) + "I")).isFalse();
  }

  @Test
  void a_direct_conversation_is_the_same_for_both_and_nobody_else_s() {
    String conversation = Ids.directConversation(BOB, ANN);
    assertThat(conversation).isEqualTo(Ids.directConversation(ANN, BOB));
    assertThat(conversation.length()).isLessThanOrEqualTo(Ids.MAX_LENGTH);
    assertThat(Ids.isDirect(conversation)).isTrue();
    assertThat(Ids.peer(conversation, ANN)).isEqualTo(BOB);
    assertThat(Ids.peer(conversation, BOB)).isEqualTo(ANN);
    assertThat(Ids.peer(conversation, EVE)).isNull();
    assertThat(Ids.peer(Ids.directConversation(ANN, ANN), ANN)).isEqualTo(ANN);
  }

  @Test
  void what_only_looks_like_a_direct_conversation_has_no_members() {
    assertThat(Ids.peer("d." + ANN + BOB, ANN)).isNull();
    assertThat(Ids.peer("d." + ANN + "." + BOB + "x", ANN)).isNull();
    assertThat(Ids.isDirect("s." + ANN)).isFalse();
  }

  @Test
  void shards_never_change() {
    assertThat(Shards.of("")).isZero();
    assertThat(Shards.of("a")).isEqualTo(0xF3);
    assertThat(Shards.of(Ids.directConversation(ANN, BOB))).isBetween(0, Shards.COUNT - 1);
    assertThat(Shards.address(7)).isEqualTo("jovial.mds.shard.7");
  }

  @Test
  void conversations_spread_over_all_shards() {
    Random random = new Random(1);
    int[] counts = new int[Shards.COUNT];
    IntStream.range(0, 100_000)
        .mapToObj(
            i ->
                Ids.directConversation(
                    ANN, Ids.text(new UUID(0x0190_0000_0000_7000L + i, random.nextLong()))))
        .forEach(id -> counts[Shards.of(id)]++);
    assertThat(IntStream.of(counts)).allMatch(count -> count > 200 && count < 600);
  }
}
