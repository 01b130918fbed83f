package chat.jovial.contract;

import chat.jovial.contract.mds.Body;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One instance of any record of the contract, always the same, with as many fields as may be. */
public final class Samples {
  /** Fields that may not be given together with others. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "Login.userId",
          "FindUsers.username",
          "FindUsers.userIds",
          "History.before",
          "History.from");

  private Samples() {}

  public static <T> T of(Class<T> record) {
    RecordComponent[] components = record.getRecordComponents();
    Object[] values =
        Arrays.stream(components)
            .map(
                component ->
                    LEFT_OUT.contains(record.getSimpleName() + "." + component.getName())
                        ? null
                        : value(component.getName(), component.getGenericType()))
            .toArray();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<T> constructor = record.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(record + " has no sample", e);
    }
  }

  private static @Nullable Object value(String name, Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        return List.of(value(name, arguments[0]));
      }
      return Map.of("kid", arguments[1] == Object.class ? "k1" : value(name, arguments[1]));
    }
    if (type == String.class) {
      return "some-" + name;
    }
    if (type == Instant.class) {
      return Instant.parse("2026-01-31T12:00:00.123Z");
    }
    if (type == long.class || type == Long.class) {
      return 7L;
    }
    if (type == int.class || type == Integer.class) {
      return 5;
    }
    if (type == boolean.class || type == Boolean.class) {
      return true;
    }
    if (type == Access.class) {
      return Access.USER;
    }
    if (type == Body.class) {
      return Body.ofStored("{\"type\":\"text\",\"text\":\"Grüße 👋\"}");
    }
    return of((Class<?>) type);
  }
}
