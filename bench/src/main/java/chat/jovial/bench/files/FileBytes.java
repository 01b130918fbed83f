package chat.jovial.bench.files;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Content of the files: random bytes, which nothing on the way can compress. Each file is the same
 * bytes from another place on, so that one that is taken for another is noticed. Safe to use from
 * any thread.
 */
public final class FileBytes {
  /** The same in each run. */
  private static final long SEED = 2026;

  /** Between the beginnings of two files; no divisor of a chunk. */
  private static final int SHIFT = 4_099;

  private final byte[] bytes;
  private final int size;
  private final int files;
  private final List<String> hashes = new ArrayList<>();

  private FileBytes(byte[] bytes, int size, int files) {
    this.bytes = bytes;
    this.size = size;
    this.files = files;
    for (int file = 0; file < files; file++) {
      hashes.add(hash(file));
    }
  }

  public static FileBytes random(int size, int files) {
    byte[] bytes = new byte[Math.addExact(size, Math.multiplyExact(SHIFT, files))];
    new SplittableRandom(SEED).nextBytes(bytes);
    return new FileBytes(bytes, size, files);
  }

  public int size() {
    return size;
  }

  byte[] array() {
    return bytes;
  }

  /** Where a file begins in the array; numbers beyond the last begin again. */
  int begin(int file) {
    return file % files * SHIFT;
  }

  /** A part of a file, without a copy of it. */
  public ByteBuffer part(int file, int from, int length) {
    return ByteBuffer.wrap(bytes, begin(file) + from, length).slice();
  }

  /** Whether these are a file's bytes from there on. */
  boolean matches(int file, int from, byte[] other, int offset, int length) {
    int begin = begin(file) + from;
    return from + length <= size
        && Arrays.equals(bytes, begin, begin + length, other, offset, offset + length);
  }

  /** The same for a buffer's remaining bytes. */
  public boolean matches(int file, int from, ByteBuffer other) {
    return from + other.remaining() <= size && part(file, from, other.remaining()).equals(other);
  }

  String sha256(int file) {
    return hashes.get(file % files);
  }

  private String hash(int file) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, begin(file), size);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
