package chat.jovial.mss.log;

import chat.jovial.contract.mds.Body;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Kind;
import chat.jovial.keys.BodyKey;
import chat.jovial.keys.DataKeys;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Cipher of bodies, in both directions. A body that must be sealed is never written or read without
 * the key of its sender: where that is missing, both fail. Any thread.
 */
public final class BodyCipher {
  private final DataKeys keys;

  public BodyCipher(DataKeys keys) {
    this.keys = keys;
  }

  /** Keys of some senders in one conversation. */
  static final class Keys {
    static final Keys NONE = new Keys(Map.of());

    private final Map<String, BodyKey> keyBySender;

    private Keys(Map<String, BodyKey> keyBySender) {
      this.keyBySender = keyBySender;
    }

    /** Whether bodies of the sender can be neither written nor read any more, permanently. */
    boolean isDestroyed(String senderId) {
      return keyOf(senderId).isDestroyed();
    }

    ByteBuffer seal(Entry entry, Body body, long epoch) {
      return keyOf(entry.senderId()).seal(epoch, entry.seq(), body.json());
    }

    Body open(String senderId, long seq, ByteBuffer sealed) {
      return Body.ofStored(keyOf(senderId).open(seq, sealed));
    }

    private BodyKey keyOf(String senderId) {
      return Objects.requireNonNull(
          keyBySender.get(senderId), "a body is not written or read without its key");
    }
  }

  /** Whether bodies of that kind are sealed: those that say what somebody wrote. */
  static boolean isSealed(@Nullable String kind) {
    // A redaction's own body says how far it goes, and nothing of what anybody wrote.
    return !Kind.REDACTION.equals(kind);
  }

  /** Whether the entry's body is to be sealed. */
  static boolean isSealed(Entry entry) {
    return entry.body() != null && entry.removed() == null && isSealed(entry.kind());
  }

  /** Keys of the senders of these entries; one or a few, and nearly always in memory. */
  Future<Keys> toWrite(String conversationId, Collection<Entry> entries) {
    Map<String, Future<BodyKey>> keyBySender = new HashMap<>();
    for (Entry entry : entries) {
      if (isSealed(entry)) {
        keyBySender.computeIfAbsent(
            entry.senderId(), senderId -> keys.toWriteBodies(conversationId, senderId));
      }
    }
    return all(keyBySender);
  }

  /** Keys of these senders; nearly always in memory. */
  Future<Keys> toRead(String conversationId, Collection<String> senderIds) {
    Map<String, Future<BodyKey>> keyBySender = new HashMap<>();
    for (String senderId : senderIds) {
      keyBySender.computeIfAbsent(senderId, id -> keys.toReadBodies(conversationId, id));
    }
    return all(keyBySender);
  }

  private static Future<Keys> all(Map<String, Future<BodyKey>> keyBySender) {
    if (keyBySender.isEmpty()) {
      return Future.succeededFuture(Keys.NONE);
    }
    if (keyBySender.values().stream().allMatch(Future::succeeded)) {
      return Future.succeededFuture(results(keyBySender));
    }
    return Future.all(List.copyOf(keyBySender.values())).map(done -> results(keyBySender));
  }

  private static Keys results(Map<String, Future<BodyKey>> keyBySender) {
    Map<String, BodyKey> found = new HashMap<>();
    keyBySender.forEach((senderId, key) -> found.put(senderId, key.result()));
    return new Keys(found);
  }
}
