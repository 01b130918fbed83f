package chat.jovial.openapi;

import chat.jovial.contract.mds.Body;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** JSON Schemas (draft 2020-12, as OpenAPI 3.1 has them) of the contract's records. */
final class Schemas {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String REFERENCE = "#/components/schemas/";

  private final Map<String, ObjectNode> byName = new TreeMap<>();

  /** A reference to a record's schema, which is then among {@link #all}. */
  ObjectNode reference(Class<?> record) {
    return reference(record.getSimpleName(), record, Set.of());
  }

  /**
   * The same under another name, some of its fields left to the caller, who may give them in
   * another place.
   */
  ObjectNode reference(String name, Class<?> record, Set<String> optionalFields) {
    if (!byName.containsKey(name)) {
      ObjectNode schema = JSON.objectNode();
      byName.put(name, schema);
      if (record == Body.class) {
        fillBody(schema);
      } else {
        fill(schema, record, optionalFields);
      }
    }
    return JSON.objectNode().put("$ref", REFERENCE + name);
  }

  /** All schemas that were referred to, by name. */
  ObjectNode all() {
    ObjectNode schemas = JSON.objectNode();
    byName.forEach(schemas::set);
    return schemas;
  }

  private void fill(ObjectNode schema, Class<?> record, Set<String> optionalFields) {
    schema.put("type", "object");
    ObjectNode properties = JSON.objectNode();
    ArrayNode required = JSON.arrayNode();
    for (Field field : Field.of(record)) {
      ObjectNode property = of(field.type());
      if (!field.doc().isEmpty()) {
        property.put("description", field.doc());
      }
      properties.set(field.name(), property);
      if (field.required() && !optionalFields.contains(field.name())) {
        required.add(field.name());
      }
    }
    if (!properties.isEmpty()) {
      schema.set("properties", properties);
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
  }

  /** A body is an object with a type; what else it has is the app's business. */
  private static void fillBody(ObjectNode schema) {
    schema.put("type", "object");
    schema.put("description", "What a message says. Type text has a field text.");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("type").put("type", "string");
    properties.putObject("text").put("type", "string");
    schema.putArray("required").add("type");
    schema.put("additionalProperties", true);
    schema.putArray("examples").addObject().put("type", "text").put("text", "Hello");
  }

  private ObjectNode of(Type type) {
    if (type instanceof ParameterizedType generic) {
      return ofGeneric(generic);
    }
    if (type instanceof Class<?> plain) {
      return ofClass(plain);
    }
    throw new IllegalArgumentException("no schema for " + type);
  }

  private ObjectNode ofGeneric(ParameterizedType generic) {
    ObjectNode schema = JSON.objectNode();
    if (generic.getRawType() == List.class) {
      schema.put("type", "array");
      schema.set("items", of(generic.getActualTypeArguments()[0]));
      return schema;
    }
    if (generic.getRawType() == Map.class) {
      return schema.put("type", "object").put("additionalProperties", true);
    }
    throw new IllegalArgumentException("no schema for " + generic);
  }

  private ObjectNode ofClass(Class<?> type) {
    ObjectNode schema = JSON.objectNode();
    if (type == String.class) {
      return schema.put("type", "string");
    }
    if (type == Instant.class) {
      return schema.put("type", "string").put("format", "date-time");
    }
    if (type == long.class || type == Long.class) {
      return schema.put("type", "integer").put("format", "int64");
    }
    if (type == int.class || type == Integer.class) {
      return schema.put("type", "integer").put("format", "int32");
    }
    if (type == boolean.class || type == Boolean.class) {
      return schema.put("type", "boolean");
    }
    if (type.isRecord() || type == Body.class) {
      return reference(type);
    }
    throw new IllegalArgumentException("no schema for " + type);
  }
}
