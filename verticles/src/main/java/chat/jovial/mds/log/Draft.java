package chat.jovial.mds.log;

import chat.jovial.contract.Caller;
import chat.jovial.contract.mds.Body;
import chat.jovial.contract.mds.Edit;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mds.React;
import chat.jovial.contract.mds.Redact;
import chat.jovial.contract.mds.RedactedRange;
import chat.jovial.contract.mds.Send;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Content of an entry before it has its seq: messages, edits, redactions and reactions are all
 * appended as one of these.
 *
 * @param expiresIn seconds
 */
public record Draft(
    Caller caller,
    String clientId,
    String kind,
    @Nullable Body body,
    @Nullable Long replyTo,
    @Nullable Long target,
    @Nullable Long expiresIn) {

  public static Draft of(Caller caller, String clientId, Send send) {
    return new Draft(
        caller, clientId, Kind.MESSAGE, send.body(), send.replyTo(), null, send.expiresIn());
  }

  public static Draft of(Caller caller, String clientId, Edit edit) {
    return new Draft(caller, clientId, Kind.EDIT, edit.body(), null, edit.target(), null);
  }

  public static Draft of(Caller caller, String clientId, Redact redact) {
    return new Draft(caller, clientId, Kind.REDACTION, null, null, redact.target(), null);
  }

  public static Draft of(Caller caller, String clientId, React react) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "reaction")
            .put("reaction", react.reaction());
    if (Boolean.TRUE.equals(react.remove())) {
      body.put("remove", true);
    }
    return new Draft(caller, clientId, Kind.REACTION, Body.of(body), null, react.target(), null);
  }

  /** The redaction of everything from one entry up to another. */
  static Draft ofRange(Caller caller, String clientId, long from, long upto) {
    return new Draft(
        caller, clientId, Kind.REDACTION, RedactedRange.bodyUpto(upto), null, from, null);
  }

  boolean isOf(String someKind) {
    return kind.equals(someKind);
  }

  /** Whether it has content, which must be sealed to be stored. */
  boolean hasContent() {
    return body != null && !isOf(Kind.REDACTION);
  }

  public int bytes() {
    return body == null ? 0 : body.sizeInBytes();
  }

  /** Whether an entry with this draft's client id says the same. */
  boolean isSameAs(Entry stored) {
    Body other = stored.body();
    // A body that is gone cannot be compared: it was stored, and that is what counts.
    return stored.isOf(kind)
        && (other == null || (body != null && body.isSameAs(other)))
        && Objects.equals(stored.target(), target)
        && Objects.equals(stored.replyTo(), replyTo);
  }
}
