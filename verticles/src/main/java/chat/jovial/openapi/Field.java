package chat.jovial.openapi;

import chat.jovial.contract.Doc;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field of a request or reply, as its JSON shows it.
 *
 * @param doc one sentence on it, empty if its name says it all
 */
record Field(String name, Type type, boolean required, String doc) {
  private static final SnakeCaseStrategy NAMES = new SnakeCaseStrategy();

  /** The fields of a record, in the order in which it declares them. */
  static List<Field> of(Class<?> type) {
    return Arrays.stream(type.getRecordComponents()).map(Field::of).toList();
  }

  private static Field of(RecordComponent component) {
    Doc doc = component.getAnnotation(Doc.class);
    return new Field(
        NAMES.translate(component.getName()),
        component.getGenericType(),
        !component.getAnnotatedType().isAnnotationPresent(Nullable.class),
        doc == null ? "" : doc.value());
  }
}
