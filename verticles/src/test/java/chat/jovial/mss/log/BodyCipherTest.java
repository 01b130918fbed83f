package chat.jovial.mss.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.contract.mds.Body;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mds.RedactedRange;
import chat.jovial.contract.mds.Removal;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Where the key of a body is missing, nothing is written and nothing is read. */
class BodyCipherTest {
  private static final Body TEXT = Body.ofStored("{\"type\":\"text\",\"text\":\"secret\"}");
  private static final BodyCipher.Keys NO_KEYS = BodyCipher.Keys.NONE;

  @Test
  void a_text_is_not_sealed_without_a_key() {
    Entry message = entry(Kind.MESSAGE, TEXT);

    assertThat(BodyCipher.isSealed(message)).isTrue();
    assertThatThrownBy(() -> NO_KEYS.seal(message, TEXT, 1))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("without its key");
    assertThatThrownBy(() -> NO_KEYS.isDestroyed("alice")).isInstanceOf(NullPointerException.class);
  }

  @Test
  void a_sealed_text_is_not_opened_without_a_key() {
    assertThatThrownBy(() -> NO_KEYS.open("alice", 1, ByteBuffer.allocate(64)))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("without its key");
  }

  @Test
  void only_a_redaction_is_written_as_it_is() {
    for (String kind : new String[] {Kind.MESSAGE, Kind.EDIT, Kind.REACTION, "a newer kind"}) {
      assertThat(BodyCipher.isSealed(entry(kind, TEXT))).as(kind).isTrue();
    }
    assertThat(BodyCipher.isSealed(entry(Kind.REDACTION, RedactedRange.bodyUpto(7)))).isFalse();
    assertThat(BodyCipher.isSealed(entry(Kind.MESSAGE, TEXT).withoutBody(Removal.REDACTED)))
        .isFalse();
  }

  private static Entry entry(String kind, Body body) {
    Instant now = Instant.EPOCH;
    return new Entry(
        "d.alice.bob",
        1,
        "alice",
        "bob",
        "device",
        "c1",
        now,
        now,
        kind,
        body,
        null,
        null,
        null,
        null);
  }
}
