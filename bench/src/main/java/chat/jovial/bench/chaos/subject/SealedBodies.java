package chat.jovial.bench.chaos.subject;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Opens bodies as they lie in the server's tables, by what is written of their form and with none
 * of the server's code, so that a mistake there shows here. Blocks.
 */
final class SealedBodies {
  private static final int HEAD_BYTES = 13;
  private static final int TAG_BITS = 128;

  private final CqlSession session;
  private final PreparedStatement select;
  private final byte[] master;
  private final Map<String, byte[]> keys = new HashMap<>();

  /**
   * @param masterKey in Base64
   */
  SealedBodies(CqlSession session, String masterKey) {
    this.session = session;
    this.select = session.prepare("SELECT wrapped FROM data_keys WHERE scope = ?");
    this.master = Base64.getDecoder().decode(masterKey);
  }

  /** The body's JSON; fails if it is not where or what it was. */
  String open(String conversationId, String senderId, long seq, ByteBuffer stored) {
    String conversation = "conversation " + conversationId;
    String sender = "user " + senderId;
    byte[] place = (conversation + "\n" + sender + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] sealed = new byte[stored.remaining()];
    stored.get(sealed);
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(derive(key(conversation), key(sender), place), "AES"),
          new GCMParameterSpec(TAG_BITS, sealed, 1, HEAD_BYTES - 1));
      cipher.updateAAD(place);
      cipher.updateAAD(ByteBuffer.allocate(Long.BYTES).putLong(0, seq));
      byte[] plain = cipher.doFinal(sealed, HEAD_BYTES, sealed.length - HEAD_BYTES);
      return new String(plain, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("entry " + seq + " of " + conversation, e);
    }
  }

  private byte[] key(String scope) throws GeneralSecurityException {
    byte[] known = keys.get(scope);
    if (known != null) {
      return known;
    }
    Row row = session.execute(select.bind(scope)).one();
    ByteBuffer wrapped = row == null ? null : row.getByteBuffer("wrapped");
    if (wrapped == null) {
      throw new GeneralSecurityException("there is no key of " + scope);
    }
    byte[] bytes = new byte[wrapped.remaining()];
    wrapped.get(bytes);
    Cipher cipher = Cipher.getInstance("AESWrap");
    cipher.init(Cipher.UNWRAP_MODE, new SecretKeySpec(master, "AES"));
    byte[] key = cipher.unwrap(bytes, "AES", Cipher.SECRET_KEY).getEncoded();
    keys.put(scope, key);
    return key;
  }

  /** HKDF-SHA-256 (RFC 5869), one block. */
  private static byte[] derive(byte[] conversation, byte[] sender, byte[] place)
      throws GeneralSecurityException {
    byte[] salt = "jovial message body".getBytes(StandardCharsets.UTF_8);
    return hmac(hmac(salt, conversation, sender), place, new byte[] {1});
  }

  private static byte[] hmac(byte[] key, byte[] one, byte[] other) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    mac.update(one);
    return mac.doFinal(other);
  }
}
