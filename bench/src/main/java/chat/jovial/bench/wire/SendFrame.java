package chat.jovial.bench.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * An {@code mds.send} as bytes, with the places of its two ids known: a new message is the same
 * bytes with 72 of them changed. Confined to one thread.
 */
public final class SendFrame {
  private final byte[] json;
  private final int clientIdAt;
  private final int replyAddressAt;
  private final int run;

  /**
   * @param text plain letters, nothing that JSON would escape
   */
  public SendFrame(String toUserId, String text, int run) {
    String blank = " ".repeat(MessageId.LENGTH);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    append(out, "{\"type\":\"send\",\"address\":\"mds.send\",\"body\":{\"to\":{\"user_id\":\"");
    append(out, toUserId);
    append(out, "\"},\"client_id\":\"");
    this.clientIdAt = out.size();
    append(out, blank);
    append(out, "\",\"body\":{\"type\":\"text\",\"text\":\"");
    append(out, text);
    append(out, "\"}},\"headers\":{},\"replyAddress\":\"");
    this.replyAddressAt = out.size();
    append(out, blank);
    append(out, "\"}");
    this.json = out.toByteArray();
    this.run = run;
  }

  /** The frame for that message; the same array each time. */
  public byte[] of(long value) {
    MessageId.write(json, clientIdAt, System.currentTimeMillis(), run, value);
    System.arraycopy(json, clientIdAt, json, replyAddressAt, MessageId.LENGTH);
    return json;
  }

  private static void append(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
