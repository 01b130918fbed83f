package chat.jovial.edge.frames;

import chat.jovial.contract.ClientEvent;
import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Json;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Frames to clients, as JSON in UTF-8. The frequent ones are put together from bytes. */
public final class Frames {
  public static final String INBOX = "inbox";

  private static final byte[] REC_HEAD = ascii("{\"type\":\"rec\",\"address\":\"");
  private static final byte[] REC_BODY = ascii("\",\"body\":");
  private static final byte[] REC_TAIL = ascii("}");
  private static final byte[] MESSAGE_HEAD = ascii("{\"type\":\"message\",\"address\":\"");
  private static final byte[] MESSAGE_BODY = ascii("\",\"headers\":{},\"body\":");
  private static final byte[] MESSAGE_TAIL = ascii(",\"send\":true}");
  private static final byte[] PONG = ascii("{\"type\":\"pong\"}");
  private static final String FAILURE_TYPE = "RECIPIENT_FAILURE";

  private Frames() {}

  /** A body for an address: a reply, or an event for {@link #INBOX}. */
  public static byte[] message(FrameStyle style, String address, byte[] body) {
    byte[] to = JsonStringEncoder.getInstance().quoteAsUTF8(address);
    return style == FrameStyle.TCP
        ? join(MESSAGE_HEAD, to, MESSAGE_BODY, body, MESSAGE_TAIL)
        : join(REC_HEAD, to, REC_BODY, body, REC_TAIL);
  }

  /** An event for {@link #INBOX}. */
  public static byte[] event(FrameStyle style, ClientEvent event) {
    return message(style, INBOX, Json.write(event));
  }

  /**
   * @param address the reply address, so that the caller learns which request failed; null if it
   *     could not be read
   * @param source the address that was asked, where known
   */
  public static byte[] error(
      FrameStyle style,
      @Nullable String address,
      @Nullable String source,
      JovialException failure) {
    Map<String, Object> frame = errorFrame(address, failure.code(), failure.detail());
    if (style == FrameStyle.TCP && source != null) {
      frame.put("sourceAddress", source);
    }
    if (!failure.details().isEmpty()) {
      frame.put("details", failure.details());
    }
    return Json.write(frame);
  }

  /** The last frame before a close, where the transport has no close codes. */
  public static byte[] closing(CloseReason reason) {
    Map<String, Object> frame = errorFrame(null, reason.error(), reason.detail());
    frame.put("details", Map.of("close_code", reason.closeCode()));
    return Json.write(frame);
  }

  public static byte[] pong() {
    return PONG;
  }

  private static Map<String, Object> errorFrame(
      @Nullable String address, ErrorCode code, String detail) {
    Map<String, Object> frame = new LinkedHashMap<>();
    frame.put("type", "err");
    if (address != null) {
      frame.put("address", address);
    }
    frame.put("failureType", FAILURE_TYPE);
    frame.put("failureCode", code.status());
    frame.put("message", code.wireName() + ": " + detail);
    return frame;
  }

  private static byte[] join(byte[] a, byte[] b, byte[] c, byte[] d, byte[] e) {
    byte[] all = new byte[a.length + b.length + c.length + d.length + e.length];
    int at = append(all, 0, a);
    at = append(all, at, b);
    at = append(all, at, c);
    at = append(all, at, d);
    append(all, at, e);
    return all;
  }

  private static int append(byte[] all, int at, byte[] part) {
    System.arraycopy(part, 0, all, at, part.length);
    return at + part.length;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
