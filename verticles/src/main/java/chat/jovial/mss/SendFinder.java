package chat.jovial.mss;

import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mss.Buckets;
import chat.jovial.contract.mss.FindSend;
import chat.jovial.contract.mss.FoundSend;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Future;

/**
 * Looks for a sender's message by its client id, bucket after bucket from the newest. A row of the
 * sends table is only a hint, for its write may have been fenced off: it counts only if the entry
 * at its seq bears the same sender and client id.
 */
final class SendFinder {
  private final CassandraClient client;
  private final LogStatements statements;
  private final LogReader reader;

  SendFinder(CassandraClient client, LogStatements statements, LogReader reader) {
    this.client = client;
    this.statements = statements;
    this.reader = reader;
  }

  Future<FoundSend> find(FindSend request) {
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
    return client
        .executeWithFullFetch(
            statements
                .findSend()
                .bind(request.conversationId(), bucket, request.senderId(), request.clientId()))
        .compose(
            rows ->
                rows.isEmpty()
                    ? older(request, bucket)
                    : reader
                        .up(request.conversationId(), rows.get(0).getLong("seq"), 1)
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
        .up(request.conversationId(), Buckets.firstSeq(bucket), 1)
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
