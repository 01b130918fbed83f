package chat.jovial.edge.files;

import chat.jovial.config.Setting;
import chat.jovial.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * @param maxBytes of a file
 * @param uploads that a node takes at once
 * @param uploadsPerUser that one user may have under way at once on a node
 * @param stallTimeout an upload that brings next to nothing for so long is cut off
 */
public record FileLimits(long maxBytes, int uploads, int uploadsPerUser, Duration stallTimeout) {
  private static final long MIB = 1024 * 1024;

  private static final Setting<Integer> MAX_MIB =
      Setting.integer(
          "files.max_mib",
          2 * 1024,
          1,
          1024 * 1024,
          "The largest file, in MiB; beyond it too_large.");
  private static final Setting<Integer> UPLOADS =
      Setting.integer(
          "files.uploads",
          64,
          1,
          10_000,
          "Uploads that a node takes at once, about 2 MiB of memory each; beyond it try_again.");
  private static final Setting<Integer> UPLOADS_PER_USER =
      Setting.integer(
          "files.uploads_per_user",
          16,
          1,
          1_000,
          "Uploads of one user on a node at once; beyond it rate_limited.");
  private static final Setting<Duration> STALL_TIMEOUT =
      Setting.duration(
          "files.stall_timeout",
          Duration.ofSeconds(30),
          Duration.ofSeconds(1),
          Duration.ofMinutes(10),
          "An upload that brings less than a kilobyte in so long is cut off; it can be resumed.");

  public static final List<Setting<?>> SETTINGS =
      List.of(MAX_MIB, UPLOADS, UPLOADS_PER_USER, STALL_TIMEOUT);

  public static FileLimits of(Settings settings) {
    return new FileLimits(
        settings.get(MAX_MIB) * MIB,
        settings.get(UPLOADS),
        settings.get(UPLOADS_PER_USER),
        settings.get(STALL_TIMEOUT));
  }
}
