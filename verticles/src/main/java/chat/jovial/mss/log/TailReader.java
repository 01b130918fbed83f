package chat.jovial.mss.log;

import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mss.LogTail;
import chat.jovial.contract.mss.ReadTail;
import chat.jovial.contract.mss.RecentSend;
import chat.jovial.mss.log.LogReader.NewestBucket;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reader of the end of a log for its recovery: the newest entry, everything beyond the committed
 * seq that was known when it was written, and who sent what recently.
 */
public final class TailReader {
  /** More than a group holds, so that one read shows all that one group can have left. */
  static final int MAX_UNCERTAIN = 1024;

  private static final int PAGE = 1000;

  private final LogReader reader;

  public TailReader(LogReader reader) {
    this.reader = reader;
  }

  public Future<LogTail> read(ReadTail request) {
    return reader
        .newestBucket(request.conversationId())
        .compose(
            newest ->
                newest
                    .map(bucket -> read(request, bucket))
                    .orElseGet(() -> Future.succeededFuture(empty(request))));
  }

  private static LogTail empty(ReadTail request) {
    return new LogTail(-1, 0, 0, List.of(), Instant.EPOCH, List.of(), request.sendsSince(), null);
  }

  private Future<LogTail> read(ReadTail request, NewestBucket bucket) {
    String conversationId = request.conversationId();
    return reader
        .readNewest(conversationId, 1)
        .compose(
            rows -> {
              LogRow newest = rows.isEmpty() ? null : rows.get(0);
              // A second look, upwards from the committed seq: what it sees, a quorum has from now
              // on.
              return newest == null
                  ? tail(request, bucket, End.NONE)
                  : reader
                      .readAscending(
                          conversationId, newest.committedSeqWhenWritten() + 1, MAX_UNCERTAIN)
                      .compose(beyond -> tail(request, bucket, End.of(newest, beyond)));
            });
  }

  private Future<LogTail> tail(ReadTail request, NewestBucket bucket, End end) {
    return sends(request, end.committedSeq())
        .map(
            sends ->
                new LogTail(
                    bucket.bucket(),
                    end.epoch(),
                    end.committedSeq(),
                    end.uncertain(),
                    later(end.storedAt(), bucket.openedAt()),
                    sends.oldestFirst(),
                    sends.completeFrom(),
                    bucket.hidden().isEmpty() ? null : bucket.hidden()));
  }

  /**
   * What two looks at the newest entries say together.
   *
   * <p>The second may see less than the first: a fence that a previous owner has sent can arrive in
   * between and hide the entry that the first one saw on one replica. The committed seq that it was
   * written with stays true, for what is committed once stays committed. Without it the log would
   * seem to begin here, and all of it would be removed.
   */
  record End(long epoch, long committedSeq, List<Entry> uncertain, Instant storedAt) {
    static final End NONE = new End(0, 0, List.of(), Instant.EPOCH);

    /**
     * @param beyond what the second look found above the first one's committed seq, in order of seq
     */
    static End of(LogRow first, List<LogRow> beyond) {
      LogRow newest = beyond.isEmpty() ? first : beyond.get(beyond.size() - 1);
      long committedSeq =
          Math.max(first.committedSeqWhenWritten(), newest.committedSeqWhenWritten());
      return new End(
          // Nothing that the first look saw alone counts, so the log is not as this epoch left it.
          beyond.isEmpty() ? 0 : newest.epoch(),
          committedSeq,
          beyond.stream().filter(row -> row.seq() > committedSeq).map(LogRow::entry).toList(),
          newest.entry().storedAt());
    }
  }

  private record Sends(List<RecentSend> oldestFirst, Instant completeFrom) {}

  private Future<Sends> sends(ReadTail request, long committedSeq) {
    return sends(request, committedSeq, new ArrayList<>());
  }

  private Future<Sends> sends(ReadTail request, long from, List<RecentSend> newestFirst) {
    return reader
        .readHeadersDescending(request.conversationId(), from, PAGE)
        .compose(
            rows -> {
              for (LogRow row : rows) {
                Entry entry = row.entry();
                if (entry.storedAt().isBefore(request.sendsSince())) {
                  return complete(newestFirst, request.sendsSince());
                }
                if (newestFirst.size() == request.maxSends()) {
                  // Others may have the same time as the last one taken; only later ones are all
                  // in.
                  RecentSend oldest = newestFirst.get(newestFirst.size() - 1);
                  return complete(newestFirst, oldest.storedAt().plusMillis(1));
                }
                newestFirst.add(
                    new RecentSend(
                        entry.senderId(), entry.clientId(), entry.seq(), entry.storedAt()));
              }
              return rows.size() < PAGE
                  ? complete(newestFirst, request.sendsSince())
                  : sends(request, rows.get(rows.size() - 1).seq() - 1, newestFirst);
            });
  }

  private static Future<Sends> complete(List<RecentSend> newestFirst, Instant from) {
    Collections.reverse(newestFirst);
    return Future.succeededFuture(new Sends(newestFirst, from));
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
