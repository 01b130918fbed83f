package chat.jovial.architecture;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Constant pool of a compiled class (Java Virtual Machine Specification, 4.4): which members of
 * others its code uses, and its literals. Comments are not in it.
 *
 * @param members {@code package/Class.member} of fields and methods that the code refers to
 * @param literals texts between quotes
 */
record ClassFile(Set<String> members, Set<String> literals) {
  private static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int CLASS = 7;
  private static final int STRING = 8;
  private static final int FIELD = 9;
  private static final int METHOD = 10;
  private static final int INTERFACE_METHOD = 11;
  private static final int METHOD_HANDLE = 15;
  private static final int METHOD_TYPE = 16;
  private static final int MODULE = 19;
  private static final int PACKAGE = 20;

  /** Up to two indexes of other constants. */
  private record Reference(int tag, int first, int second) {}

  static ClassFile read(Path file) {
    try (InputStream bytes = Files.newInputStream(file);
        DataInputStream in = new DataInputStream(bytes)) {
      in.skipNBytes(8);
      return readPool(in);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  private static ClassFile readPool(DataInputStream in) throws IOException {
    Map<Integer, String> texts = new HashMap<>();
    Map<Integer, Reference> references = new HashMap<>();
    int size = in.readUnsignedShort();
    for (int i = 1; i < size; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case UTF8 -> texts.put(i, in.readUTF());
        case LONG, DOUBLE -> {
          in.skipNBytes(8);
          i++; // They count twice.
        }
        case CLASS, STRING, METHOD_TYPE, MODULE, PACKAGE ->
            references.put(i, new Reference(tag, in.readUnsignedShort(), 0));
        case METHOD_HANDLE -> in.skipNBytes(3);
        default ->
            references.put(i, new Reference(tag, in.readUnsignedShort(), in.readUnsignedShort()));
      }
    }
    Set<String> members = new HashSet<>();
    Set<String> literals = new HashSet<>();
    for (Reference reference : references.values()) {
      switch (reference.tag()) {
        case STRING -> literals.add(Objects.requireNonNull(texts.get(reference.first())));
        case FIELD, METHOD, INTERFACE_METHOD -> {
          Reference ownerClass = Objects.requireNonNull(references.get(reference.first()));
          Reference nameAndType = Objects.requireNonNull(references.get(reference.second()));
          String owner = texts.get(ownerClass.first());
          String name = texts.get(nameAndType.first());
          members.add(owner + "." + name);
        }
        default -> {
          // Types of members and of lambdas.
        }
      }
    }
    return new ClassFile(members, literals);
  }
}
