package chat.jovial.keys;

import io.vertx.core.Future;
import java.util.Set;

/**
 * What wraps data keys. What ships keeps master keys in a file or takes them from a setting; a
 * service that never gives its keys away fits here as well. Any thread.
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
