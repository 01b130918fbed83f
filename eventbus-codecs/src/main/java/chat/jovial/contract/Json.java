package chat.jovial.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * JSON as the contract has it: snake_case names, RFC 3339 times, no nulls written, unknown fields
 * ignored, wrong types refused with the name of the field. Bounded depth and lengths, so that no
 * input makes the parser recurse or allocate without limit.
 */
public final class Json {
  /** Deeper nesting than any honest message has; a parser's stack is cheap to exhaust. */
  public static final int MAX_DEPTH = 64;

  /** Digits of a number; conversion costs grow with the square. */
  private static final int MAX_NUMBER_DIGITS = 100;

  private static final String NOT_AN_OBJECT = "the body must be a JSON object";

  /** Exponents of numbers that clients send: what a double holds. */
  private static final int MAX_CLIENT_EXPONENT_DIGITS = 3;

  /** Exponents of numbers that were accepted once: what a BigDecimal holds. */
  private static final int MAX_EXPONENT_DIGITS = 9;

  /** The mapper of what services and stores exchange; shared, immutable in use. */
  public static final JsonMapper MAPPER =
      mapper(
          new BoundedNumbers(
              (JsonFactoryBuilder) factory().streamReadConstraints(constraints()),
              MAX_EXPONENT_DIGITS));

  /** The mapper of what clients send, which may have no key twice; shared, immutable in use. */
  public static final JsonMapper CLIENT_MAPPER =
      mapper(
          new BoundedNumbers(
              (JsonFactoryBuilder)
                  factory()
                      .streamReadConstraints(constraints())
                      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION),
              MAX_CLIENT_EXPONENT_DIGITS));

  private Json() {}

  /** Whether a number was refused that the text is free to have by the grammar of JSON. */
  public static boolean isOutOfRange(JsonParseException e) {
    return BoundedNumbers.OUT_OF_RANGE.equals(e.getOriginalMessage());
  }

  private static JsonFactoryBuilder factory() {
    return (JsonFactoryBuilder) JsonFactory.builder();
  }

  private static StreamReadConstraints constraints() {
    return StreamReadConstraints.builder()
        .maxNestingDepth(MAX_DEPTH)
        .maxNumberLength(MAX_NUMBER_DIGITS)
        .build();
  }

  private static JsonMapper mapper(JsonFactory factory) {
    return JsonMapper.builder(factory)
        .addModule(new JavaTimeModule().addDeserializer(Instant.class, new TimeReader()))
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .serializationInclusion(JsonInclude.Include.NON_NULL)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .withCoercionConfig(
            LogicalType.Textual,
            config ->
                config
                    .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
        .build();
  }

  /** A record from parsed JSON; a {@link JovialException} naming the field if it does not fit. */
  public static <T> T read(JsonNode json, Class<T> type) {
    try {
      return checkObject(MAPPER.treeToValue(json, type));
    } catch (JsonProcessingException e) {
      throw refusal(e);
    }
  }

  /** A record from JSON text in UTF-8. */
  public static <T> T read(byte[] json, int offset, int length, Class<T> type) {
    try {
      return checkObject(MAPPER.readValue(json, offset, length, type));
    } catch (IOException e) {
      throw refusal(e);
    }
  }

  /** The JSON {@code null} is read as no record at all. */
  private static <T> T checkObject(@Nullable T value) {
    if (value == null) {
      throw JovialException.invalid(NOT_AN_OBJECT);
    }
    return value;
  }

  /** The value as JSON text in UTF-8. */
  public static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What to tell the author of JSON that could not be read. */
  public static JovialException refusal(IOException failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof JovialException known) {
        return known;
      }
      if (t instanceof JsonParseException parse) {
        return JovialException.invalid(reason(parse) + " at " + placeOf(parse.getLocation()));
      }
    }
    if (failure instanceof MismatchedInputException mismatch && !mismatch.getPath().isEmpty()) {
      String expected =
          mismatch.getTargetType() == null
              ? ""
              : ": expected " + expectation(mismatch.getTargetType());
      return JovialException.invalid(pathOf(mismatch) + " has the wrong type" + expected);
    }
    if (failure instanceof MismatchedInputException) {
      return JovialException.invalid(NOT_AN_OBJECT);
    }
    return JovialException.invalid("this JSON cannot be read");
  }

  /** Jackson's own text may quote what was sent. */
  private static String reason(JsonParseException failure) {
    String message = failure.getOriginalMessage();
    if (message.startsWith("Duplicate field")) {
      return "a key stands twice in an object";
    }
    return message.equals(BoundedNumbers.OUT_OF_RANGE) ? message : "not well-formed JSON";
  }

  /** Columns count bytes of UTF-8, from 1. */
  private static String placeOf(JsonLocation location) {
    return "line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private static String pathOf(JsonMappingException failure) {
    return failure.getPath().stream()
        .map(
            step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
        .collect(Collectors.joining("."))
        .replace(".[", "[");
  }

  private static String expectation(Class<?> type) {
    if (type == String.class) {
      return "a string";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "a whole number";
    }
    if (Iterable.class.isAssignableFrom(type)) {
      return "a list";
    }
    if (type == Instant.class) {
      return "a time such as 2026-01-31T12:00:00Z";
    }
    return "an object";
  }
}
