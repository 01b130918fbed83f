package chat.jovial.mss;

import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mss.LogTail;
import chat.jovial.contract.mss.ReadTail;
import chat.jovial.contract.mss.RecentSend;
import chat.jovial.mss.LogReader.NewestBucket;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads the end of a log for the one who takes it over: the newest entry, everything beyond the
 * acknowledged end that it bears, and who sent what lately.
 */
final class TailReader {
  /** More than a group holds, so that one read shows all that one group can have left. */
  static final int MAX_BEYOND_BASE = 1024;

  private static final int PAGE = 1000;

  private final LogReader reader;

  TailReader(LogReader reader) {
    this.reader = reader;
  }

  Future<LogTail> read(ReadTail request) {
    return reader
        .newestBucket(request.conversationId())
        .compose(
            newest ->
                newest
                    .map(bucket -> read(request, bucket))
                    .orElseGet(() -> Future.succeededFuture(empty(request))));
  }

  private static LogTail empty(ReadTail request) {
    return new LogTail(-1, 0, 0, List.of(), Instant.EPOCH, List.of(), request.sendsSince());
  }

  private Future<LogTail> read(ReadTail request, NewestBucket bucket) {
    String conversationId = request.conversationId();
    return reader
        .newest(conversationId, 1)
        .compose(
            rows ->
                rows.isEmpty()
                    ? Future.succeededFuture(List.<LogRow>of())
                    // A second look, upwards from the base: what it sees, a quorum has from now on.
                    : reader.up(conversationId, rows.get(0).base() + 1, MAX_BEYOND_BASE))
        .compose(
            found -> {
              if (found.isEmpty()) {
                return Future.succeededFuture(
                    new LogTail(
                        bucket.bucket(),
                        0,
                        0,
                        List.of(),
                        bucket.openedAt(),
                        List.of(),
                        request.sendsSince()));
              }
              LogRow newest = found.get(found.size() - 1);
              return sends(request, newest.base())
                  .map(
                      sends ->
                          new LogTail(
                              bucket.bucket(),
                              newest.epoch(),
                              newest.base(),
                              found.stream()
                                  .filter(row -> row.seq() > newest.base())
                                  .map(LogRow::entry)
                                  .toList(),
                              later(newest.entry().storedAt(), bucket.openedAt()),
                              sends.oldestFirst(),
                              sends.completeFrom()));
            });
  }

  private record Sends(List<RecentSend> oldestFirst, Instant completeFrom) {}

  private Future<Sends> sends(ReadTail request, long base) {
    return sends(request, base, new ArrayList<>());
  }

  private Future<Sends> sends(ReadTail request, long from, List<RecentSend> newestFirst) {
    return reader
        .downWithoutBodies(request.conversationId(), from, PAGE)
        .compose(
            rows -> {
              for (LogRow row : rows) {
                Entry entry = row.entry();
                if (entry.storedAt().isBefore(request.sendsSince())) {
                  return complete(newestFirst, request.sendsSince());
                }
                if (newestFirst.size() == request.maxSends()) {
                  // Others may bear the same time as the last one taken; only later ones are all
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
