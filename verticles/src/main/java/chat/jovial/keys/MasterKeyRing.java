package chat.jovial.keys;

import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Ring of master keys: the first wraps, all unwrap. Any thread. */
public final class MasterKeyRing implements MasterKeys {
  private final Map<String, MasterKey> byId = new LinkedHashMap<>();
  private final MasterKey first;
  private final String origin;

  private MasterKeyRing(List<MasterKey> keys, String origin) {
    keys.forEach(key -> byId.putIfAbsent(key.id(), key));
    this.first = keys.get(0);
    this.origin = origin;
  }

  /**
   * @param lines a key in each, in Base64; empty ones and those that begin with # do not count
   * @param origin where they come from, for an operator
   */
  public static MasterKeyRing of(List<String> lines, String origin) {
    List<String> texts =
        lines.stream().map(String::strip).filter(l -> !l.isEmpty() && !l.startsWith("#")).toList();
    if (texts.isEmpty()) {
      throw new MasterKeyException("There is no master key in " + origin + ".");
    }
    try {
      return new MasterKeyRing(texts.stream().map(MasterKey::ofText).toList(), origin);
    } catch (IllegalArgumentException e) {
      // Without the cause, which would reveal some of the text.
      throw new MasterKeyException(
          "A master key in "
              + origin
              + " cannot be read: each is "
              + MasterKey.BYTES
              + " random bytes in Base64, as 'openssl rand -base64 32' prints them.");
    }
  }

  @Override
  public String wrapsWith() {
    return first.id();
  }

  @Override
  public Set<String> ids() {
    return Set.copyOf(byId.keySet());
  }

  @Override
  public String origin() {
    return origin;
  }

  @Override
  public Future<WrappedKey> wrap(byte[] dataKey) {
    return Future.succeededFuture(new WrappedKey(first.wrap(dataKey), first.id()));
  }

  @Override
  public Future<byte[]> unwrap(WrappedKey wrapped) {
    MasterKey key = byId.get(wrapped.master());
    if (key == null) {
      return Future.failedFuture(
          new MasterKeyException(
              "A data key is wrapped with the master key %s, which %s does not have."
                  .formatted(wrapped.master(), origin)));
    }
    try {
      return Future.succeededFuture(key.unwrap(wrapped.bytes()));
    } catch (IllegalStateException e) {
      return Future.failedFuture(e);
    }
  }
}
