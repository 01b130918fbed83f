package chat.jovial.contract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import java.io.IOException;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Reader of times, RFC 3339 texts only. A number may be seconds or milliseconds, and the wrong
 * guess is no time that anybody notices.
 */
final class TimeReader extends StdScalarDeserializer<Instant> {
  private static final long serialVersionUID = 1;

  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9.]*");

  TimeReader() {
    super(Instant.class);
  }

  @Override
  public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    boolean text = parser.hasToken(JsonToken.VALUE_STRING);
    if (!text || NUMBER.matcher(parser.getText().strip()).matches()) {
      return (Instant) context.handleUnexpectedToken(Instant.class, parser);
    }
    return InstantDeserializer.INSTANT.deserialize(parser, context);
  }
}
