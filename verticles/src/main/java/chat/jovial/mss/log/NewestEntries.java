package chat.jovial.mss.log;

import chat.jovial.contract.mss.Buckets;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Cache of where the newest entry of a log is that a quorum shows, without its body. Remembers
 * which bucket it was in: a log only grows, and one whose bucket has room has none after it, so the
 * next time one read is enough. Devices ask again and again for conversations in which nothing is
 * new.
 */
public final class NewestEntries {
  /** Some tens of bytes each; forgetting one costs a read of the index of buckets. */
  private static final int MAX_CONVERSATIONS = 100_000;

  private final LogReader reader;
  private final Cache<String, Long> bucketByConversation =
      Caffeine.newBuilder().maximumSize(MAX_CONVERSATIONS).build();

  public NewestEntries(LogReader reader) {
    this.reader = reader;
  }

  public Future<Optional<LogRow>> newestOf(String conversationId) {
    Long known = bucketByConversation.getIfPresent(conversationId);
    if (known == null) {
      return search(conversationId);
    }
    long last = Buckets.lastSeq(known);
    return readFrom(conversationId, last)
        .compose(
            row ->
                row.isPresent() && row.get().seq() < last
                    ? Future.succeededFuture(row)
                    : search(conversationId));
  }

  private Future<Optional<LogRow>> search(String conversationId) {
    return reader
        .newestBucket(conversationId)
        .compose(
            newest ->
                newest.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : readFrom(conversationId, Buckets.lastSeq(newest.get().bucket())))
        .onSuccess(
            row ->
                row.ifPresent(
                    found -> bucketByConversation.put(conversationId, Buckets.of(found.seq()))));
  }

  private Future<Optional<LogRow>> readFrom(String conversationId, long seq) {
    return reader
        .readHeadersDescending(conversationId, seq, 1)
        .map(rows -> rows.stream().findFirst());
  }
}
