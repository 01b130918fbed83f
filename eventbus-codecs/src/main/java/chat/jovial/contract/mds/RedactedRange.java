package chat.jovial.contract.mds;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The messages and edits that one redaction removes together: those from its target up to the seq
 * that its body names.
 */
public record RedactedRange(long from, long upto) {

  /** What a redaction removes; null if the entry is no redaction, or one of a single message. */
  public static @Nullable RedactedRange of(Entry entry) {
    Long target = entry.target();
    Body body = entry.body();
    if (!entry.isOf(Kind.REDACTION) || target == null || body == null) {
      return null;
    }
    Long upto = new JsonObject(body.json()).getLong("upto");
    return upto == null ? null : new RedactedRange(target, upto);
  }

  /** The body of a redaction of everything up to there. */
  public static Body bodyUpto(long upto) {
    return Body.of(JsonNodeFactory.instance.objectNode().put("type", "range").put("upto", upto));
  }
}
