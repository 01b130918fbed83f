package chat.jovial.keys;

/** Data key in memory, unwrapped or destroyed. */
final class DataKey {
  private final KeyScope scope;
  private final byte[] bytes;

  private DataKey(KeyScope scope, byte[] bytes) {
    this.scope = scope;
    this.bytes = bytes;
  }

  static DataKey of(KeyScope scope, byte[] bytes) {
    if (bytes.length != MasterKey.BYTES) {
      throw new IllegalStateException("a data key has " + bytes.length + " bytes");
    }
    return new DataKey(scope, bytes);
  }

  static DataKey destroyed(KeyScope scope) {
    return new DataKey(scope, new byte[0]);
  }

  KeyScope scope() {
    return scope;
  }

  boolean isDestroyed() {
    return bytes.length == 0;
  }

  byte[] bytes() {
    if (isDestroyed()) {
      throw scope.gone();
    }
    return bytes;
  }
}
