package chat.jovial.edge.files.download;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Plan of the body of an answer: ranges of the file, each with what goes before it.
 *
 * @param contentType of the answer
 * @param end what goes after the last one
 */
record DownloadPlan(int status, String contentType, List<Part> parts, Buffer end) {
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final Buffer NOTHING = Buffer.buffer();

  /** One range, and the text before it. */
  record Part(Buffer head, ByteRange range) {}

  DownloadPlan {
    parts = List.copyOf(parts);
  }

  static DownloadPlan whole(String type, long size) {
    List<Part> parts =
        size == 0 ? List.of() : List.of(new Part(NOTHING, new ByteRange(0, size - 1)));
    return new DownloadPlan(OK, type, parts, NOTHING);
  }

  /** One range as it is, several as {@code multipart/byteranges} (RFC 9110, 14.6). */
  static DownloadPlan of(List<ByteRange> ranges, String type, long size) {
    if (ranges.size() == 1) {
      return new DownloadPlan(PARTIAL, type, List.of(new Part(NOTHING, ranges.get(0))), NOTHING);
    }
    String boundary = UUID.randomUUID().toString();
    List<Part> parts = new ArrayList<>();
    for (ByteRange range : ranges) {
      String head =
          "\r\n--%s\r\nContent-Type: %s\r\nContent-Range: %s\r\n\r\n"
              .formatted(boundary, type, contentRange(range, size));
      parts.add(new Part(ascii(head), range));
    }
    return new DownloadPlan(
        PARTIAL,
        "multipart/byteranges; boundary=" + boundary,
        parts,
        ascii("\r\n--" + boundary + "--\r\n"));
  }

  static String contentRange(ByteRange range, long size) {
    return "bytes " + range.first() + "-" + range.last() + "/" + size;
  }

  boolean isOneRange() {
    return status == PARTIAL && parts.size() == 1;
  }

  long length() {
    return parts.stream().mapToLong(part -> part.head().length() + part.range().length()).sum()
        + end.length();
  }

  private static Buffer ascii(String text) {
    return Buffer.buffer(text, StandardCharsets.US_ASCII.name());
  }
}
