package chat.jovial.mss.log;

import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mss.Buckets;
import chat.jovial.contract.mss.FindSend;
import chat.jovial.contract.mss.FoundSend;
import io.vertx.core.Future;

/**
 * Search for a sender's message by its client id, bucket after bucket from the newest. A row of the
 * sends table alone proves nothing, for its write may have been fenced off: it counts only if the
 * entry at its seq has the same sender and client id.
 */
public final class SendFinder {
  private final LogTables tables;
  private final LogReader reader;

  public SendFinder(LogTables tables, LogReader reader) {
    this.tables = tables;
    this.reader = reader;
  }

  public Future<FoundSend> find(FindSend request) {
    Long known = request.newestBucket();
    if (known != null) {
      return find(request, known);
    }
    return reader
        .newestBucket(request.conversationId())
        .compose(
            newest ->
                newest
                    .map(bucket -> find(request, bucket.bucket()))
                    .orElseGet(SendFinder::nothing));
  }

  private Future<FoundSend> find(FindSend request, long bucket) {
    if (bucket < 0) {
      return nothing();
    }
    return tables
        .read(
            tables
                .bind(LogStatement.FIND_SEND, request.conversationId(), bucket)
                .setString("sender_id", request.senderId())
                .setString("client_id", request.clientId())
                .build())
        .compose(
            rows ->
                rows.isEmpty()
                    ? older(request, bucket)
                    : reader
                        .readAscending(request.conversationId(), rows.get(0).getLong("seq"), 1)
                        .compose(
                            found ->
                                !found.isEmpty() && isOf(request, found.get(0).entry())
                                    ? Future.succeededFuture(new FoundSend(found.get(0).entry()))
                                    : older(request, bucket)));
  }

  /** The bucket before, unless this one began too early for the message to be in an older one. */
  private Future<FoundSend> older(FindSend request, long bucket) {
    if (bucket == 0 || request.storedSince() == null) {
      return find(request, bucket - 1);
    }
    return reader
        .readAscending(request.conversationId(), Buckets.firstSeq(bucket), 1)
        .compose(
            first ->
                !first.isEmpty() && first.get(0).entry().storedAt().isBefore(request.storedSince())
                    ? nothing()
                    : find(request, bucket - 1));
  }

  private static boolean isOf(FindSend request, Entry entry) {
    return entry.senderId().equals(request.senderId())
        && entry.clientId().equals(request.clientId());
  }

  private static Future<FoundSend> nothing() {
    return Future.succeededFuture(new FoundSend(null));
  }
}
