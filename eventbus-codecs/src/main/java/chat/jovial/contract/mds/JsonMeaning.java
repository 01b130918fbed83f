package chat.jovial.contract.mds;

import chat.jovial.contract.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/**
 * Comparison of JSON texts by what they mean, as RFC 8785 does by its canonical form: the order of
 * fields, escapes and the way in which a number is written make no difference. Two integers that
 * are the same number only after rounding to a double are different, against the RFC: to take one
 * message for another would lose it.
 */
final class JsonMeaning {
  private JsonMeaning() {}

  static boolean isSame(String one, String other) {
    try {
      JsonNode left = Json.MAPPER.readTree(one);
      return left.equals(JsonMeaning::compareValues, Json.MAPPER.readTree(other));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a stored body", e);
    }
  }

  /** Zero if both are the same; called for what is neither an object nor an array. */
  private static int compareValues(JsonNode one, JsonNode other) {
    boolean same =
        one.isNumber() && other.isNumber()
            ? isSameNumber(one.decimalValue(), other.decimalValue())
            : one.equals(other);
    return same ? 0 : 1;
  }

  private static boolean isSameNumber(BigDecimal one, BigDecimal other) {
    if (one.compareTo(other) == 0) {
      return true;
    }
    boolean fractions =
        one.stripTrailingZeros().scale() > 0 && other.stripTrailingZeros().scale() > 0;
    return fractions && Double.compare(one.doubleValue(), other.doubleValue()) == 0;
  }
}
