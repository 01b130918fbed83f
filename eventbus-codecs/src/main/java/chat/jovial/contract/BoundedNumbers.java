package chat.jovial.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;

/**
 * JSON factory whose parsers refuse numbers with a long exponent, as they refuse what is no JSON.
 * Jackson reads the digits of {@code 1e99999999999} without complaint and throws something else
 * than its own exceptions when the number is wanted.
 */
final class BoundedNumbers extends JsonFactory {
  private static final long serialVersionUID = 1;

  static final String OUT_OF_RANGE = "a number is out of range";

  private final int maxExponentDigits;

  /**
   * @param maxExponentDigits without sign and leading zeros; 3 is what a double holds
   */
  BoundedNumbers(JsonFactoryBuilder builder, int maxExponentDigits) {
    super(builder);
    this.maxExponentDigits = maxExponentDigits;
  }

  @Override
  protected JsonParser _createParser(InputStream in, IOContext context) throws IOException {
    return new Parser(super._createParser(in, context), maxExponentDigits);
  }

  @Override
  protected JsonParser _createParser(Reader reader, IOContext context) throws IOException {
    return new Parser(super._createParser(reader, context), maxExponentDigits);
  }

  @Override
  protected JsonParser _createParser(
      char[] data, int offset, int length, IOContext context, boolean recyclable)
      throws IOException {
    return new Parser(
        super._createParser(data, offset, length, context, recyclable), maxExponentDigits);
  }

  @Override
  protected JsonParser _createParser(byte[] data, int offset, int length, IOContext context)
      throws IOException {
    return new Parser(super._createParser(data, offset, length, context), maxExponentDigits);
  }

  private static final class Parser extends JsonParserDelegate {
    private final int maxExponentDigits;

    Parser(JsonParser parser, int maxExponentDigits) {
      super(parser);
      this.maxExponentDigits = maxExponentDigits;
    }

    @Override
    public JsonToken nextToken() throws IOException {
      return checked(delegate.nextToken());
    }

    @Override
    public JsonToken nextValue() throws IOException {
      return checked(delegate.nextValue());
    }

    private JsonToken checked(JsonToken token) throws IOException {
      if (token == JsonToken.VALUE_NUMBER_FLOAT && exponentDigits() > maxExponentDigits) {
        throw new JsonParseException(this, OUT_OF_RANGE, delegate.currentLocation());
      }
      return token;
    }

    private int exponentDigits() throws IOException {
      char[] text = delegate.getTextCharacters();
      int from = delegate.getTextOffset();
      int end = from + delegate.getTextLength();
      int at = from;
      while (at < end && text[at] != 'e' && text[at] != 'E') {
        at++;
      }
      do {
        at++;
      } while (at < end && (text[at] == '+' || text[at] == '-' || text[at] == '0'));
      return end - at;
    }
  }
}
