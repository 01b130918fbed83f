package chat.jovial.edge.files.upload;

import chat.jovial.hashing.Hashes;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.MessageDigest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far this node has hashed uploads that come in several requests. Who goes on elsewhere, or
 * later, hashes what is stored by reading it. Any thread.
 */
public final class RunningHashes {
  private static final Duration LIFE = Duration.ofMinutes(10);

  /** Some hundred bytes each. */
  private static final int MAX_HASHES = 10_000;

  private final Cache<String, Running> byFile =
      Caffeine.newBuilder().maximumSize(MAX_HASHES).expireAfterWrite(LIFE).build();

  private record Running(long epoch, long offset, MessageDigest digest) {}

  static MessageDigest sha256() {
    return Hashes.newSha256();
  }

  /** The hash of the bytes before the offset, if this node has it; nobody else gets it then. */
  @Nullable MessageDigest take(String fileId, long epoch, long offset) {
    if (offset == 0) {
      return sha256();
    }
    Running found = byFile.asMap().remove(fileId);
    return found != null && found.epoch == epoch && found.offset == offset ? found.digest : null;
  }

  /** Keeps the hash for the next request. */
  void keep(String fileId, long epoch, long offset, MessageDigest digest) {
    byFile.put(fileId, new Running(epoch, offset, digest));
  }
}
