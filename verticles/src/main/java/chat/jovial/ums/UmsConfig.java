package chat.jovial.ums;

import chat.jovial.config.Setting;
import chat.jovial.config.Settings;
import chat.jovial.ums.password.Argon2Parameters;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Settings of the User Management System; each is explained at its declaration.
 *
 * @param operatorKey what registering an app needs; if empty anyone may
 */
public record UmsConfig(
    Optional<String> operatorKey,
    Duration tokenLifetime,
    Duration refreshLifetime,
    Duration refreshGrace,
    int sessionsPerUser,
    Argon2Parameters argon2,
    int passwordThreads,
    int passwordQueue,
    int loginFailures,
    int loginFailuresEverywhere,
    Duration loginWindow,
    Duration secretCache) {
  private static final Setting<Optional<String>> OPERATOR_KEY =
      Setting.secret(
          "ums.operator_key",
          "If given, ums.app.register needs it as operator_key; else anyone who reaches the server"
              + " may register an app.");
  private static final Setting<Duration> TOKEN_LIFETIME =
      Setting.duration(
          "ums.token_lifetime",
          Duration.ofMinutes(15),
          Duration.ofMinutes(1),
          Duration.ofDays(1),
          "How long a user_token is good for; short, because a client renews it by itself.");
  private static final Setting<Duration> REFRESH_LIFETIME =
      Setting.duration(
          "ums.refresh_lifetime",
          Duration.ofDays(60),
          Duration.ofHours(1),
          Duration.ofDays(3650),
          "How long a device may be away without having to log in again; counts again from each"
              + " refresh.");
  private static final Setting<Duration> REFRESH_GRACE =
      Setting.duration(
          "ums.refresh_grace",
          Duration.ofSeconds(30),
          Duration.ZERO,
          Duration.ofMinutes(5),
          "How long a client that lost the reply to ums.user.refresh may ask again with retry: true."
              + " Longer helps bad networks, and whoever stole a refresh token.");
  private static final Setting<Integer> SESSIONS_PER_USER =
      Setting.integer(
          "ums.sessions_per_user",
          50,
          1,
          1000,
          "Devices on which a user may be logged in; one more ends the session unused for longest.");
  private static final Setting<Integer> ARGON2_MEMORY =
      Setting.integer(
          "ums.argon2_memory_kib",
          19_456,
          64,
          1_048_576,
          "Memory of one password hash, in KiB. 19456 with 2 iterations is what OWASP advises; old"
              + " hashes stay valid when this changes.");
  private static final Setting<Integer> ARGON2_ITERATIONS =
      Setting.integer(
          "ums.argon2_iterations", 2, 1, 100, "Passes of one password hash over its memory.");
  private static final Setting<Integer> ARGON2_PARALLELISM =
      Setting.integer(
          "ums.argon2_parallelism",
          1,
          1,
          16,
          "Lanes of one password hash; they are computed one after the other here.");
  private static final Setting<Integer> PASSWORD_THREADS =
      Setting.integer(
          "ums.password_threads",
          0,
          0,
          256,
          "Threads that hash passwords; 0 is half of the processors, so that logins leave room for"
              + " messages.");
  private static final Setting<Integer> PASSWORD_QUEUE =
      Setting.integer(
          "ums.password_queue",
          64,
          1,
          10_000,
          "Hashes that may wait on a node, about 50 ms each; further ones are refused with try_again.");
  private static final Setting<Integer> LOGIN_FAILURES =
      Setting.integer(
          "ums.login_failures",
          10,
          1,
          1000,
          "Failed logins for one account from one network (an IPv4 address, or the /64 of an IPv6 one)"
              + " within ums.login_window before further ones from there are rate_limited. A device"
              + " that shows the device_secret of its latest login is counted alone.");

  private static final Setting<Integer> LOGIN_FAILURES_EVERYWHERE =
      Setting.integer(
          "ums.login_failures_everywhere",
          100,
          1,
          10_000,
          "Failed logins for one account from all networks together within ums.login_window before"
              + " it is rate_limited, except on known devices. Higher than ums.login_failures, so that"
              + " a stranger at one address cannot lock the owner out.");
  private static final Setting<Duration> LOGIN_WINDOW =
      Setting.duration(
          "ums.login_window",
          Duration.ofMinutes(15),
          Duration.ofSeconds(1),
          Duration.ofDays(1),
          "The time over which failed logins are counted, from the first one on.");
  private static final Setting<Duration> SECRET_CACHE =
      Setting.duration(
          "ums.secret_cache",
          Duration.ofMinutes(5),
          Duration.ofSeconds(1),
          Duration.ofHours(1),
          "How long a node remembers that an app_secret was right, because hashing it for each"
              + " ums.user.token would allow only some twenty a second.");

  public static final List<Setting<?>> SETTINGS =
      List.of(
          OPERATOR_KEY,
          TOKEN_LIFETIME,
          REFRESH_LIFETIME,
          REFRESH_GRACE,
          SESSIONS_PER_USER,
          ARGON2_MEMORY,
          ARGON2_ITERATIONS,
          ARGON2_PARALLELISM,
          PASSWORD_THREADS,
          PASSWORD_QUEUE,
          LOGIN_FAILURES,
          LOGIN_FAILURES_EVERYWHERE,
          LOGIN_WINDOW,
          SECRET_CACHE);

  public static UmsConfig of(Settings settings) {
    int threads = settings.get(PASSWORD_THREADS);
    return new UmsConfig(
        settings.get(OPERATOR_KEY),
        settings.get(TOKEN_LIFETIME),
        settings.get(REFRESH_LIFETIME),
        settings.get(REFRESH_GRACE),
        settings.get(SESSIONS_PER_USER),
        new Argon2Parameters(
            settings.get(ARGON2_MEMORY),
            settings.get(ARGON2_ITERATIONS),
            settings.get(ARGON2_PARALLELISM)),
        threads == 0 ? Math.max(1, Runtime.getRuntime().availableProcessors() / 2) : threads,
        settings.get(PASSWORD_QUEUE),
        settings.get(LOGIN_FAILURES),
        settings.get(LOGIN_FAILURES_EVERYWHERE),
        settings.get(LOGIN_WINDOW),
        settings.get(SECRET_CACHE));
  }

  @Override
  public String toString() {
    return "UmsConfig[operatorKey=" + (operatorKey.isPresent() ? "(secret)" : "none") + "]";
  }
}
