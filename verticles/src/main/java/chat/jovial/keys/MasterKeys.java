package chat.jovial.keys;

import io.vertx.core.Future;
import java.util.Set;

/**
 * Wrapping and unwrapping of data keys. The implementations here read master keys from a file or a
 * setting; a key service that never exports its keys fits as well. Any thread.
 */
public interface MasterKeys {
  /** The id of the one that wraps new keys. */
  String wrapsWith();

  /** The ids of all that it can unwrap. */
  Set<String> ids();

  /** Where they come from, for an operator. */
  String origin();

  Future<WrappedKey> wrap(byte[] dataKey);

  /** Fails if it lacks the master key, or if that is not what it was wrapped with. */
  Future<byte[]> unwrap(WrappedKey wrapped);
}
