package chat.jovial.openapi;

import chat.jovial.contract.Access;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.ClientEventType;
import chat.jovial.contract.ClientEvents;
import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.Operation;
import chat.jovial.contract.mds.Body;
import chat.jovial.contract.mds.Entry;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The parts of {@code docs/protocol.md} that follow from the catalogue, as Markdown. */
public final class ProtocolTables {
  private static final int MAX_LINE = 100;

  private final StringBuilder out = new StringBuilder();
  private final Set<Class<?>> nested = new LinkedHashSet<>();

  private ProtocolTables() {}

  /** A table of all operations, then each with its fields, then the records within records. */
  public static String operations() {
    return new ProtocolTables().makeOperations();
  }

  /** A table of the events that clients receive, with their fields beside {@code event}. */
  public static String events() {
    StringBuilder text = new StringBuilder("| event | fields |\n|---|---|\n");
    for (ClientEventType<?> type : ClientEvents.ALL) {
      text.append("| `%s` | %s |\n".formatted(type.name(), eventFields(type.fields())));
    }
    for (ClientEventType<?> type : ClientEvents.ALL) {
      text.append("\n").append(wrapped("`%s`: %s".formatted(type.name(), type.summary())));
      text.append("\n");
    }
    return text.toString();
  }

  private static String eventFields(Class<?> record) {
    if (record == Entry.class) {
      return "those of an [entry](#entry)";
    }
    return Field.of(record).stream()
        .filter(field -> !field.name().equals("event"))
        .map(ProtocolTables::eventField)
        .collect(Collectors.joining(", "));
  }

  private static String eventField(Field field) {
    String doc = field.doc().isEmpty() ? "" : " (" + field.doc().replaceAll("\\.$", "") + ")";
    return "`%s`%s%s".formatted(field.name(), field.required() ? "" : " ?", doc);
  }

  /** A table of all errors. */
  public static String errors() {
    StringBuilder table =
        new StringBuilder("| code | status | worth trying again |\n|---|---|---|\n");
    for (ErrorCode code : ErrorCode.values()) {
      table.append(
          "| `%s` | %d | %s |\n"
              .formatted(code.wireName(), code.status(), code.retryable() ? "yes" : "no"));
    }
    return table.toString();
  }

  private String makeOperations() {
    out.append("| operation | caller | what it does |\n|---|---|---|\n");
    for (Operation<?, ?> operation : Catalogue.CLIENT_PLANE) {
      out.append(
          "| [`%s`](#%s) | %s | %s |\n"
              .formatted(
                  operation.name(),
                  operation.name().replace(".", ""),
                  caller(operation.access()),
                  operation.summary()));
    }
    for (Operation<?, ?> operation : Catalogue.CLIENT_PLANE) {
      out.append(
          "\n### `%s`\n\n%s\n"
              .formatted(
                  operation.name(),
                  wrapped(operation.summary() + " Caller: " + caller(operation.access()) + ".")));
      appendFields("Request", operation.request());
      appendFields("Reply", operation.reply());
    }
    appendNested();
    return out.toString();
  }

  private void appendNested() {
    Set<Class<?>> done = new LinkedHashSet<>();
    while (!done.containsAll(nested)) {
      for (Class<?> record : List.copyOf(nested)) {
        if (done.add(record)) {
          out.append("\n### %s\n".formatted(nameOf(record)));
          appendFields("Fields", record);
        }
      }
    }
  }

  private void appendFields(String title, Class<?> record) {
    List<Field> fields = Field.of(record);
    if (fields.isEmpty()) {
      out.append("\n%s: `{}`\n".formatted(title));
      return;
    }
    out.append("\n| %s | type | |\n|---|---|---|\n".formatted(title.toLowerCase(Locale.ROOT)));
    for (Field field : fields) {
      out.append(
          "| `%s`%s | %s | %s |\n"
              .formatted(
                  field.name(),
                  field.required() ? "" : " ?",
                  typeOf(field.type()),
                  field.doc().replace("|", "\\|")));
    }
  }

  private String typeOf(Type type) {
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == Map.class
          ? "object"
          : "list of " + typeOf(generic.getActualTypeArguments()[0]);
    }
    if (type == String.class) {
      return "string";
    }
    if (type == Instant.class) {
      return "time";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "boolean";
    }
    if (type == Body.class) {
      return "body";
    }
    if (type instanceof Class<?> record && record.isRecord()) {
      nested.add(record);
      return "[%s](#%s)".formatted(nameOf(record), nameOf(record).replace(' ', '-'));
    }
    return "integer";
  }

  /** In lines as long as those of all docs. */
  private static String wrapped(String text) {
    StringBuilder lines = new StringBuilder();
    int length = 0;
    for (String word : text.split(" ")) {
      boolean fits = length + 1 + word.length() <= MAX_LINE;
      lines.append(length == 0 ? "" : fits ? " " : "\n").append(word);
      length = fits && length > 0 ? length + 1 + word.length() : word.length();
    }
    return lines.toString();
  }

  private static String nameOf(Class<?> record) {
    return record.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  private static String caller(Access access) {
    return switch (access) {
      case ANYONE -> "anyone";
      case APP -> "app key";
      case SECRET -> "app id and secret";
      case USER -> "user";
      case SERVICE -> "services";
    };
  }
}
