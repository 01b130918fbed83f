package chat.jovial.fss;

import chat.jovial.config.Setting;
import chat.jovial.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Settings of the File Store System.
 *
 * @param userBytes that one user may store
 * @param appBytes that all users of an app may store together
 * @param unfinishedAfter an upload without a writer for this time is abandoned
 * @param sweepInterval how often a node looks for what is to be removed
 * @param scanner host and port of the malware scanner
 * @param scanTimeout without an answer of the scanner; it is asked again later
 * @param tokenLifetime of file_tokens
 * @param previewBytes of an image of which a preview is made
 * @param previewPixels of such an image
 */
public record FssConfig(
    long userBytes,
    long appBytes,
    Duration unfinishedAfter,
    Duration sweepInterval,
    Optional<String> scanner,
    Duration scanTimeout,
    Duration tokenLifetime,
    long previewBytes,
    long previewPixels) {
  private static final int MIB = 1024 * 1024;
  private static final int MAX_MIB = 1024 * MIB;
  private static final int MEGAPIXEL = 1_000_000;

  private static final Setting<Integer> USER_MIB =
      Setting.integer(
          "fss.user_mib",
          10 * 1024,
          1,
          MAX_MIB,
          "MiB of files that one user may store; beyond it too_large, until some are deleted. 10 GiB"
              + " holds some thousand photos.");
  private static final Setting<Integer> APP_MIB =
      Setting.integer(
          "fss.app_mib",
          1024 * 1024,
          1,
          MAX_MIB,
          "MiB of files that all users of an app may store together; beyond it too_large. Summed up"
              + " once a minute, so it may be exceeded by what is uploaded in a minute.");
  private static final Setting<Duration> UNFINISHED_AFTER =
      Setting.duration(
          "fss.unfinished_after",
          Duration.ofDays(1),
          Duration.ofMinutes(1),
          Duration.ofDays(30),
          "An upload that nobody continues for this time is abandoned, and what is stored of it is"
              + " removed.");
  private static final Setting<Duration> SWEEP_INTERVAL =
      Setting.duration(
          "fss.sweep_interval",
          Duration.ofMinutes(5),
          Duration.ofSeconds(1),
          Duration.ofDays(1),
          "How often a node looks for uploads to give up, bytes of deleted files to remove, and files"
              + " that the malware scanner has not answered for.");
  private static final Setting<Optional<String>> SCANNER =
      Setting.optionalText(
          "fss.scanner",
          "host:port of a malware scanner that speaks ClamAV's INSTREAM protocol (clamd). When given,"
              + " nobody can read a file before it has passed; what does not is removed. Set clamd's"
              + " StreamMaxLength to at least files.max_mib.");
  private static final Setting<Duration> SCAN_TIMEOUT =
      Setting.duration(
          "fss.scan_timeout",
          Duration.ofMinutes(2),
          Duration.ofSeconds(1),
          Duration.ofHours(1),
          "How long the scanner may take to answer when it has the whole file; then it is asked again"
              + " at a later sweep.");

  private static final Setting<Duration> TOKEN_LIFETIME =
      Setting.duration(
          "fss.token_lifetime",
          Duration.ofDays(30),
          Duration.ofMinutes(1),
          Duration.ofDays(3650),
          "How long a file_token is good for, unless a shorter time is asked for; never longer. It"
              + " alone opens nothing: a reader must be logged in, and be in its grant each"
              + " time. Long, because members renew those of a conversation, but only the uploader"
              + " others.");
  private static final Setting<Integer> PREVIEW_MIB =
      Setting.integer(
          "fss.preview_max_mib",
          20,
          1,
          256,
          "The largest image of which a preview is made, in MiB: about three times as much memory is"
              + " needed while one is made. A node makes as many at once as half of its processors.");
  private static final Setting<Integer> PREVIEW_MEGAPIXELS =
      Setting.integer(
          "fss.preview_max_megapixels",
          60,
          1,
          1_000,
          "The largest image of which a preview is made, in millions of pixels; a third of it for"
              + " progressive JPEG, which needs six bytes for each while it is decoded.");

  public static final List<Setting<?>> SETTINGS =
      List.of(
          USER_MIB,
          APP_MIB,
          UNFINISHED_AFTER,
          SWEEP_INTERVAL,
          SCANNER,
          SCAN_TIMEOUT,
          TOKEN_LIFETIME,
          PREVIEW_MIB,
          PREVIEW_MEGAPIXELS);

  public static FssConfig of(Settings settings) {
    return new FssConfig(
        (long) settings.get(USER_MIB) * MIB,
        (long) settings.get(APP_MIB) * MIB,
        settings.get(UNFINISHED_AFTER),
        settings.get(SWEEP_INTERVAL),
        settings.get(SCANNER),
        settings.get(SCAN_TIMEOUT),
        settings.get(TOKEN_LIFETIME),
        (long) settings.get(PREVIEW_MIB) * MIB,
        (long) settings.get(PREVIEW_MEGAPIXELS) * MEGAPIXEL);
  }
}
