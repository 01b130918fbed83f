package chat.jovial.contract;

import chat.jovial.contract.fss.FileAccess;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One instance of any record of the contract, always the same, with as many fields as may be. What
 * was once written must be read for ever, so a field that a record got later is left out of its
 * first sample and is in one more.
 */
public final class Samples {
  /** Fields that may not be given together with others. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "LogIn.userId",
          "FindUsers.username",
          "FindUsers.userIds",
          "FileGrant.userIds",
          "FileGrant.spaceId",
          "FileGrant.app",
          "ReadHistory.before",
          "ReadHistory.from");

  /**
   * Fields that came later, all of them optional, each with a number greater than those before it:
   * there is a sample for each number.
   */
  private static final Map<String, Integer> ADDED_LATER =
      Map.ofEntries(
          Map.entry("Entry.target", 1),
          Map.entry("Entry.removed", 1),
          Map.entry("FindSend.newestBucket", 2),
          Map.entry("Push.events", 2),
          Map.entry("HistoryPage.related", 2),
          Map.entry("PresencePreference.lastSeen", 2),
          Map.entry("LogTail.hidden", 3),
          Map.entry("ReadTarget.reactionsOf", 4),
          Map.entry("Target.reactions", 4),
          Map.entry("SyncPage.storeId", 4),
          Map.entry("SessionOpened.httpUrl", 4),
          Map.entry("LogIn.deviceSecret", 4),
          Map.entry("LoggedIn.deviceSecret", 4));

  private Samples() {}

  /** The numbers of the samples of a record that may differ from each other. */
  public static List<Integer> generations() {
    return Stream.concat(Stream.of(0), ADDED_LATER.values().stream()).distinct().sorted().toList();
  }

  /** With all fields that there are now. */
  public static <T> T of(Class<T> record) {
    return of(record, Integer.MAX_VALUE);
  }

  /** With the fields that there were in that generation. */
  public static <T> T of(Class<T> record, int generation) {
    RecordComponent[] components = record.getRecordComponents();
    Object[] values =
        Arrays.stream(components)
            .map(
                component ->
                    isLeftOut(record.getSimpleName() + "." + component.getName(), generation)
                        ? null
                        : value(component.getName(), component.getGenericType(), generation))
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

  private static boolean isLeftOut(String field, int generation) {
    return LEFT_OUT.contains(field) || ADDED_LATER.getOrDefault(field, 0) > generation;
  }

  private static @Nullable Object value(String name, Type type, int generation) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        return List.of(value(name, arguments[0], generation));
      }
      return Map.of(
          "kid", arguments[1] == Object.class ? "k1" : value(name, arguments[1], generation));
    }
    if (type == String.class) {
      return name.equals("access") ? FileAccess.READ : "some-" + name;
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
    if (type == Bytes.class) {
      return Bytes.of(new byte[] {0, 1, (byte) 255});
    }
    if (type == Body.class) {
      return Body.ofStored("{\"type\":\"text\",\"text\":\"Grüße 👋\"}");
    }
    return of((Class<?>) type, generation);
  }
}
