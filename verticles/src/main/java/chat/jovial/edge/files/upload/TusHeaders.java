package chat.jovial.edge.files.upload;

import chat.jovial.contract.JovialException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers of tus 1.0 (tus.io, resumable upload protocol). */
final class TusHeaders {
  static final String VERSION = "1.0.0";
  static final String BODY_TYPE = "application/offset+octet-stream";
  static final String RESUMABLE = "Tus-Resumable";
  static final String UPLOAD_OFFSET = "Upload-Offset";
  static final String UPLOAD_LENGTH = "Upload-Length";
  static final String UPLOAD_DEFER_LENGTH = "Upload-Defer-Length";
  static final String UPLOAD_METADATA = "Upload-Metadata";
  static final String UPLOAD_CHECKSUM = "Upload-Checksum";
  private static final String UPLOAD_EXPIRES = "Upload-Expires";

  /** Names and values together; file names are what is long in them. */
  private static final int MAX_METADATA_CHARACTERS = 8_192;

  private TusHeaders() {}

  /** A header that is a number from 0 on; null without. */
  static @Nullable Long number(HttpServerRequest request, String header) {
    String text = request.getHeader(header);
    if (text == null) {
      return null;
    }
    try {
      long number = Long.parseLong(text.strip());
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw JovialException.invalid(header + " must be a number of bytes");
  }

  /** {@code Upload-Metadata}: names and values in base 64, separated by commas. */
  static Map<String, String> metadata(@Nullable String header) {
    Map<String, String> metadata = new HashMap<>();
    if (header == null || header.isBlank()) {
      return metadata;
    }
    if (header.length() > MAX_METADATA_CHARACTERS) {
      throw JovialException.invalid(
          "Upload-Metadata must have at most " + MAX_METADATA_CHARACTERS + " characters");
    }
    for (String pair : header.split(",", -1)) {
      String[] parts = pair.strip().split(" +", 2);
      metadata.put(parts[0], parts.length < 2 ? "" : text(parts[1]));
    }
    return metadata;
  }

  private static String text(String base64) {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64.strip());
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw JovialException.invalid("a value in Upload-Metadata is not text in base 64");
    }
  }

  static void putExpiry(HttpServerResponse response, Instant expiresAt) {
    response.putHeader(
        UPLOAD_EXPIRES,
        DateTimeFormatter.RFC_1123_DATE_TIME.format(expiresAt.atOffset(ZoneOffset.UTC)));
  }

  /** For clients that ask whether to send the body (RFC 9110, 10.1.1). */
  static void letContinue(HttpServerRequest request) {
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      var unused = request.response().writeContinue();
    }
  }
}
