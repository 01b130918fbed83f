package chat.jovial.contract.codec;

import chat.jovial.contract.JovialException;
import chat.jovial.contract.Json;
import chat.jovial.contract.WireName;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Carries one family of records between nodes. On the wire, integers big-endian:
 *
 * <pre>
 * byte   version, 1
 * byte   length of the tag
 * bytes  tag: the {@link WireName} of the record, ASCII
 * int32  length of the record
 * bytes  the record as JSON, UTF-8
 * </pre>
 *
 * A reader ignores fields that it does not know and leaves missing ones null, so a node reads what
 * the release before it wrote. Within a node {@link #transform} hands on the same immutable
 * instance.
 */
final class RecordCodec<T> implements MessageCodec<T, T> {
  private static final byte VERSION = 1;

  private final String name;
  private final Map<String, Class<? extends T>> typeByTag;
  private final Map<Class<?>, String> tagByType;

  RecordCodec(String name, Stream<Class<? extends T>> types) {
    this.name = name;
    this.typeByTag =
        types.distinct().collect(Collectors.toUnmodifiableMap(RecordCodec::tagOf, type -> type));
    this.tagByType =
        typeByTag.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));
  }

  @Override
  public void encodeToWire(Buffer buffer, T value) {
    String tag = tagByType.get(value.getClass());
    if (tag == null) {
      throw new IllegalArgumentException(value.getClass() + " is not of the family " + name);
    }
    buffer.appendByte(VERSION);
    WireFormat.appendTag(buffer, tag);
    WireFormat.appendBytes(buffer, Json.write(value));
  }

  @Override
  public T decodeFromWire(int position, Buffer buffer) {
    WireFormat.Reader reader = new WireFormat.Reader(buffer, position);
    reader.readVersion(VERSION);
    String tag = reader.readTag();
    Class<? extends T> type = typeByTag.get(tag);
    if (type == null) {
      throw new WireFormatException("no record of the family " + name + " is called " + tag);
    }
    byte[] json = reader.readBytes();
    try {
      return Json.read(json, 0, json.length, type);
    } catch (JovialException e) {
      throw new WireFormatException(tag + " cannot be read: " + e.getMessage());
    }
  }

  @Override
  public T transform(T value) {
    return value;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }

  /** Two records of one family with the same name fail here, when the codecs are loaded. */
  static String tagOf(Class<?> type) {
    WireName name = type.getAnnotation(WireName.class);
    if (name == null) {
      throw new IllegalStateException(type + " goes over the bus and has no @WireName");
    }
    return name.value();
  }
}
