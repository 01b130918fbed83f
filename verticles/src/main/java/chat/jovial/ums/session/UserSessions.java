package chat.jovial.ums.session;

import chat.jovial.hashing.Hashes;
import chat.jovial.ums.store.MongoTimes;
import chat.jovial.ums.store.UmsSchema;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Device sessions of one user, as one document. Immutable.
 *
 * @param devices ids of devices that were ever given to this user, newest last: a device that comes
 *     back may keep its id, but nobody may take another user's
 * @param deviceSecretHashes by device, of the secret that it was given at its latest login
 */
record UserSessions(
    String appId,
    List<StoredSession> sessions,
    List<String> devices,
    Map<String, String> deviceSecretHashes) {
  /** Device ids remembered for a user. */
  static final int MAX_DEVICES = 100;

  /** How long device ids are remembered after the last session has lapsed. */
  private static final Duration REMEMBERED = Duration.ofDays(30);

  UserSessions {
    sessions = List.copyOf(sessions);
    devices = List.copyOf(devices);
    deviceSecretHashes = Map.copyOf(deviceSecretHashes);
  }

  /** What the document says, less the sessions whose refresh tokens have expired. */
  static UserSessions of(@Nullable JsonObject document, String appId, Instant now) {
    if (document == null) {
      return new UserSessions(appId, List.of(), List.of(), Map.of());
    }
    return new UserSessions(
        document.getString("app_id"),
        document.getJsonArray("sessions").stream()
            .map(element -> StoredSession.of((JsonObject) element))
            .filter(session -> now.isBefore(session.expiresAt()))
            .toList(),
        document.getJsonArray("devices").stream().map(String.class::cast).toList(),
        secretHashes(document.getJsonArray("device_secrets", new JsonArray())));
  }

  private static Map<String, String> secretHashes(JsonArray array) {
    return array.stream()
        .map(JsonObject.class::cast)
        .collect(
            Collectors.toMap(
                secret -> secret.getString("device_id"), secret -> secret.getString("hash")));
  }

  JsonObject toDocument(Instant now) {
    JsonArray list = new JsonArray();
    sessions.forEach(session -> list.add(session.toDocument()));
    JsonArray secrets = new JsonArray();
    deviceSecretHashes.forEach(
        (deviceId, hash) ->
            secrets.add(new JsonObject().put("device_id", deviceId).put("hash", hash)));
    Instant last =
        sessions.stream().map(StoredSession::expiresAt).max(Comparator.naturalOrder()).orElse(now);
    return new JsonObject()
        .put("app_id", appId)
        .put("sessions", list)
        .put("devices", new JsonArray(devices))
        .put("device_secrets", secrets)
        .put(UmsSchema.PURGE_AT, MongoTimes.date(last.plus(REMEMBERED)));
  }

  Optional<StoredSession> ofDevice(String deviceId) {
    return sessions.stream().filter(session -> session.deviceId().equals(deviceId)).findFirst();
  }

  Optional<StoredSession> ofSession(String sessionId) {
    return sessions.stream().filter(session -> session.sessionId().equals(sessionId)).findFirst();
  }

  boolean hasDevice(String deviceId) {
    return devices.contains(deviceId);
  }

  /** With this session added, or in the place of the one with its id. */
  UserSessions with(StoredSession session) {
    List<StoredSession> changed = new ArrayList<>(without(session.sessionId()).sessions);
    changed.add(session);
    List<String> known = new ArrayList<>(devices);
    known.remove(session.deviceId());
    known.add(session.deviceId());
    List<String> kept = known.subList(Math.max(0, known.size() - MAX_DEVICES), known.size());
    Map<String, String> hashes = new HashMap<>(deviceSecretHashes);
    hashes.keySet().retainAll(kept);
    return new UserSessions(appId, changed, kept, hashes);
  }

  /** With the hash of the secret that this device has from now on. */
  UserSessions withDeviceSecret(String deviceId, String hash) {
    Map<String, String> hashes = new HashMap<>(deviceSecretHashes);
    hashes.put(deviceId, hash);
    return new UserSessions(appId, sessions, devices, hashes);
  }

  /** Whether that is the secret that the device was given at its latest login. */
  boolean isDeviceSecret(String deviceId, String secret) {
    String hash = deviceSecretHashes.get(deviceId);
    return hash != null
        && Hashes.isEqual(hash, Hashes.sha256Text(secret.getBytes(StandardCharsets.UTF_8)));
  }

  UserSessions without(String sessionId) {
    return new UserSessions(
        appId,
        sessions.stream().filter(session -> !session.sessionId().equals(sessionId)).toList(),
        devices,
        deviceSecretHashes);
  }

  /** The sessions unused for longest that are too many. */
  List<StoredSession> beyond(int bound) {
    return sessions.stream()
        .sorted(Comparator.comparing(StoredSession::lastSeenAt))
        .limit(Math.max(0, sessions.size() - bound))
        .toList();
  }
}
