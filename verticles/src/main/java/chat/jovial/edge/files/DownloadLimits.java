package chat.jovial.edge.files;

import chat.jovial.config.Setting;
import chat.jovial.config.Settings;
import java.time.Duration;
import java.util.List;

/** What keeps downloads from harming each other and everybody else. */
public record DownloadLimits(int downloads, int downloadsPerUser, Duration stallTimeout) {
  private static final Setting<Integer> DOWNLOADS =
      Setting.integer(
          "files.downloads",
          200,
          1,
          100_000,
          "Downloads at the same time on a node; one more is told try_again. Memory: up to 2.5 MiB"
              + " each when the reader is fast, 1.5 MiB when it is slow.");
  private static final Setting<Integer> DOWNLOADS_PER_USER =
      Setting.integer(
          "files.downloads_per_user",
          24,
          1,
          100_000,
          "Downloads of one user at the same time on a node; one more is rate_limited. A browser"
              + " makes six.");
  private static final Setting<Duration> STALL_TIMEOUT =
      Setting.duration(
          "files.download_stall_timeout",
          Duration.ofSeconds(30),
          Duration.ofMillis(100),
          Duration.ofSeconds(60),
          "How long a download's reader may take nothing; then the connection is closed. Players"
              + " that paused for longer ask anew for what they miss. An HTTP connection on which"
              + " nothing moves for 60 s is closed anyway.");

  public static final List<Setting<?>> SETTINGS =
      List.of(DOWNLOADS, DOWNLOADS_PER_USER, STALL_TIMEOUT);

  public static DownloadLimits of(Settings settings) {
    return new DownloadLimits(
        settings.get(DOWNLOADS), settings.get(DOWNLOADS_PER_USER), settings.get(STALL_TIMEOUT));
  }
}
