package chat.jovial.mds;

import chat.jovial.config.Setting;
import chat.jovial.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * @param maxBodyBytes the largest body of a message, as JSON in UTF-8
 * @param maxActive conversations that one MDS verticle keeps in memory
 * @param idleAfter a conversation without sends for so long leaves memory
 * @param membersMayDelete whether a member of a direct conversation may use mss.delete_from
 * @param maxRemovedAtOnce of a range up to this length, in entries, no text is in the store any
 *     more when its deletion is answered; a longer one is hidden by then ({@link RangeRemoval})
 */
public record MdsConfig(
    int maxBodyBytes,
    int maxActive,
    Duration idleAfter,
    boolean membersMayDelete,
    int maxRemovedAtOnce) {
  static final String MEMBERS_MAY_DELETE_KEY = "messages.members_may_delete";

  private static final Setting<Integer> MAX_BODY_BYTES =
      Setting.integer(
          "mds.max_body_bytes",
          64 * 1024,
          1024,
          128 * 1024,
          "The largest body of a message, in bytes of JSON. Larger things are files.");
  private static final Setting<Integer> MAX_ACTIVE =
      Setting.integer(
          "mds.max_active",
          20_000,
          100,
          1_000_000,
          "Conversations that one MDS verticle keeps in memory, about 2 KB each when quiet. When more"
              + " are busy at once, sends to the others get try_again.");
  private static final Setting<Duration> IDLE_AFTER =
      Setting.duration(
          "mds.idle_after",
          Duration.ofMinutes(15),
          Duration.ofSeconds(1),
          Duration.ofDays(1),
          "A conversation without sends for so long leaves memory; its next message costs a few more"
              + " reads.");

  private static final Setting<Boolean> MEMBERS_MAY_DELETE =
      Setting.flag(
          MEMBERS_MAY_DELETE_KEY,
          false,
          "Whether a member of a direct conversation may remove its messages, those of the other one"
              + " too, with mss.delete_from.");

  public static final List<Setting<?>> SETTINGS =
      List.of(MAX_BODY_BYTES, MAX_ACTIVE, IDLE_AFTER, MEMBERS_MAY_DELETE);

  public static MdsConfig of(Settings settings) {
    return new MdsConfig(
        settings.get(MAX_BODY_BYTES),
        settings.get(MAX_ACTIVE),
        settings.get(IDLE_AFTER),
        settings.get(MEMBERS_MAY_DELETE),
        RangeRemoval.MAX_AT_ONCE);
  }
}
