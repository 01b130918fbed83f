package chat.jovial.fss.removal;

import chat.jovial.contract.JovialException;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.fss.FilePlace;
import chat.jovial.fss.FssConfig;
import chat.jovial.fss.store.FileSizes;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Quota of the bytes that a user and an app may store. A file is counted first and then compared
 * with the limit, so that concurrent ones all count; a refused one is uncounted again.
 */
public final class FileQuota {
  private static final Duration APP_TOTAL_LIFE = Duration.ofMinutes(1);
  private static final int MAX_APPS = 1_000;
  private static final long MIB = 1024 * 1024;

  private static final String REFUSED = "jovial.fss.quota_refused";

  private final Counter refusedOfUser;
  private final Counter refusedOfApp;
  private final Vertx vertx;
  private final FileSizes sizes;
  private final FssConfig config;
  private final AsyncCache<String, Long> appTotals =
      Caffeine.newBuilder().expireAfterWrite(APP_TOTAL_LIFE).maximumSize(MAX_APPS).buildAsync();

  public FileQuota(Vertx vertx, FileSizes sizes, FssConfig config, MeterRegistry metrics) {
    this.vertx = vertx;
    this.sizes = sizes;
    this.config = config;
    this.refusedOfUser = metrics.counter(REFUSED, "quota", "user");
    this.refusedOfApp = metrics.counter(REFUSED, "quota", "app");
  }

  /** Counts a file of that size; fails with {@code too_large} if it does not fit any more. */
  public Future<Nothing> count(FilePlace place, String fileId, long bytes) {
    return sizes
        .put(place, fileId, bytes)
        .compose(counted -> check(place))
        .recover(
            refusal ->
                sizes
                    .remove(place.appId(), place.senderId(), fileId)
                    .transform(removed -> Future.failedFuture(refusal)));
  }

  public Future<Nothing> forget(String appId, String userId, String fileId) {
    return sizes.remove(appId, userId, fileId);
  }

  private Future<Nothing> check(FilePlace place) {
    return sizes
        .ofUser(place.appId(), place.senderId())
        .compose(
            total ->
                total > config.userBytes()
                    ? full(refusedOfUser, "your files", config.userBytes())
                    : appTotal(place.appId()))
        .compose(
            total ->
                total > config.appBytes()
                    ? full(refusedOfApp, "all files of this app", config.appBytes())
                    : Future.succeededFuture(Nothing.NOTHING));
  }

  private Future<Long> appTotal(String appId) {
    return Future.fromCompletionStage(
        appTotals.get(
            appId,
            (missing, executor) -> sizes.ofApp(missing).toCompletionStage().toCompletableFuture()),
        vertx.getOrCreateContext());
  }

  private static <T> Future<T> full(Counter refused, String what, long limit) {
    refused.increment();
    return Future.failedFuture(
        JovialException.tooLarge(
            "with this file "
                + what
                + " would be more than "
                + limit / MIB
                + " MiB; delete some first"));
  }
}
