package chat.jovial.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a sealed body gives away, and where it opens. */
class BodyKeyTest {
  private static final long EPOCH = 1_790_000_000_000_000L;
  private static final String TEXT = "{\"type\":\"text\",\"text\":\"Grüße\"}";

  private final BodyKey key = key("one", "ann", 1);

  @Test
  void a_body_opens_where_it_was_sealed() {
    assertThat(key.open(7, key.seal(EPOCH, 7, TEXT))).isEqualTo(TEXT);
    // Made anew from the same two keys, as on another node.
    assertThat(key("one", "ann", 1).open(7, key.seal(EPOCH, 7, TEXT))).isEqualTo(TEXT);
  }

  @Test
  void a_body_opens_in_no_other_place_and_under_no_other_key() {
    ByteBuffer sealed = key.seal(EPOCH, 7, TEXT);
    assertThatThrownBy(() -> key.open(8, sealed)).hasMessageContaining("not as it was written");
    assertThatThrownBy(() -> key("two", "ann", 1).open(7, sealed)).hasMessageContaining("not as");
    assertThatThrownBy(() -> key("one", "bob", 1).open(7, sealed)).hasMessageContaining("not as");
    assertThatThrownBy(() -> key("one", "ann", 2).open(7, sealed)).hasMessageContaining("not as");
    for (int i = 0; i < sealed.capacity(); i++) {
      byte[] changed = sealed.array().clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> key.open(7, ByteBuffer.wrap(changed)))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void the_same_row_is_the_same_bytes_and_no_two_rows_have_one_nonce() {
    assertThat(key.seal(EPOCH, 7, TEXT)).isEqualTo(key.seal(EPOCH, 7, TEXT));
    Set<ByteBuffer> nonces = new HashSet<>();
    long[] seqs = {1, 2, 4096, 4097, 1L << 31, 1L << 32, (1L << 32) + 1, (1L << 44) - 1};
    long[] epochs = {1, 2, EPOCH, EPOCH + 1, EPOCH + (1 << 20), (1L << 52) - 1};
    for (long epoch : epochs) {
      for (long seq : seqs) {
        nonces.add(key.seal(epoch, seq, TEXT).slice(1, 12));
      }
    }
    assertThat(nonces).hasSize(seqs.length * epochs.length);
    assertThatThrownBy(() -> key.seal(1L << 52, 1, TEXT)).hasMessageContaining("nonce");
    assertThatThrownBy(() -> key.seal(1, 1L << 44, TEXT)).hasMessageContaining("nonce");
  }

  @Test
  void without_its_keys_it_says_what_is_missing_and_never_what_it_says() {
    ByteBuffer sealed = key.seal(EPOCH, 7, TEXT);
    assertThatThrownBy(() -> BodyKey.missing("conversation one\nuser ann").open(7, sealed))
        .hasMessageContaining("conversation one user ann")
        .hasMessageContaining("backup");
    assertThat(new String(sealed.array(), java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("type")
        .doesNotContain("text");
    assertThat(sealed.capacity())
        .isEqualTo(
            TEXT.getBytes(java.nio.charset.StandardCharsets.UTF_8).length + BodyKey.ADDED_BYTES);
  }

  private static BodyKey key(String conversation, String user, int secret) {
    byte[] first = new byte[MasterKey.BYTES];
    byte[] second = new byte[MasterKey.BYTES];
    first[0] = (byte) secret;
    return BodyKey.of(
        DataKey.of(KeyScope.conversation(conversation), first),
        DataKey.of(KeyScope.user(user), second));
  }
}
