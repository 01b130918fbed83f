package chat.jovial.mds;

import chat.jovial.config.Setting;
import chat.jovial.config.Settings;
import chat.jovial.mds.log.LogLimits;
import java.time.Duration;
import java.util.List;

/**
 * Settings of the Message Delivery System.
 *
 * @param maxActive conversations that one MDS verticle keeps in memory
 * @param idleAfter a conversation without sends for so long leaves memory
 * @param userMiBPerMinute bytes of messages that a user may store on one node in a minute
 * @param appMiBPerMinute the same for all users of an app together
 * @param membersMayDelete whether a member of a direct conversation may use mss.delete_from
 */
public record MdsConfig(
    LogLimits limits,
    int maxActive,
    Duration idleAfter,
    int userMiBPerMinute,
    int appMiBPerMinute,
    boolean membersMayDelete) {
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
          "Conversations that one MDS verticle keeps in memory, about 2 KB each when quiet. When"
              + " more are busy at once, sends to the others get try_again.");
  private static final Setting<Duration> IDLE_AFTER =
      Setting.duration(
          "mds.idle_after",
          Duration.ofMinutes(15),
          Duration.ofSeconds(1),
          Duration.ofDays(1),
          "A conversation without sends for so long leaves memory; its next message costs a few"
              + " more reads.");

  private static final Setting<Integer> USER_MIB_PER_MINUTE =
      Setting.integer(
          "mds.user_mib_per_minute",
          60,
          1,
          100_000,
          "MiB of messages that one user may have stored by one node in a minute, a third of it at"
              + " once; beyond, sends get rate_limited. Each entry counts 500 bytes and its body.");
  private static final Setting<Integer> APP_MIB_PER_MINUTE =
      Setting.integer(
          "mds.app_mib_per_minute",
          2_000,
          1,
          100_000,
          "MiB of messages that all users of one app together may have stored by one node in a"
              + " minute, a third of it at once; beyond, sends get rate_limited.");
  private static final Setting<Boolean> MEMBERS_MAY_DELETE =
      Setting.flag(
          MEMBERS_MAY_DELETE_KEY,
          false,
          "Whether a member of a direct conversation may remove its messages, those of the other"
              + " one too, with mss.delete_from.");

  public static final List<Setting<?>> SETTINGS =
      List.of(
          MAX_BODY_BYTES,
          MAX_ACTIVE,
          IDLE_AFTER,
          USER_MIB_PER_MINUTE,
          APP_MIB_PER_MINUTE,
          MEMBERS_MAY_DELETE);

  public static MdsConfig of(Settings settings) {
    return new MdsConfig(
        new LogLimits(settings.get(MAX_BODY_BYTES), LogLimits.MAX_REMOVED_AT_ONCE),
        settings.get(MAX_ACTIVE),
        settings.get(IDLE_AFTER),
        settings.get(USER_MIB_PER_MINUTE),
        settings.get(APP_MIB_PER_MINUTE),
        settings.get(MEMBERS_MAY_DELETE));
  }
}
