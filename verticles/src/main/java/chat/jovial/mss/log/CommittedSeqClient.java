package chat.jovial.mss.log;

import chat.jovial.contract.Caller;
import chat.jovial.contract.MdsOperations;
import chat.jovial.contract.Shards;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.contract.mss.GetCommittedSeq;
import chat.jovial.contract.mss.GetCommittedSeqs;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Client for the committed seq of each log, up to which it may be shown. What is beyond may be a
 * write that its owner has not had acknowledged, and that the next owner will remove. A committed
 * seq never goes back, so what was once learned stays true: from what any entry was written with,
 * or from the owner. Any thread.
 */
public final class CommittedSeqClient {
  /** Conversations remembered: some tens of bytes each; forgetting one costs a request. */
  private static final int MAX_CONVERSATIONS = 100_000;

  /** Wanted by callers who want all that may be shown at this moment. */
  public static final long NEWEST = Long.MAX_VALUE;

  private final NewestEntries newest;
  private final ServiceClient services;
  private final Cache<String, Long> known =
      Caffeine.newBuilder().maximumSize(MAX_CONVERSATIONS).build();

  public CommittedSeqClient(NewestEntries newest, ServiceClient services) {
    this.newest = newest;
    this.services = services;
  }

  /**
   * The committed seq of a log. To be asked <em>before</em> what is shown is read: a quorum shows
   * all of it only to a read that begins when it was committed, and what an earlier read saw may
   * have been replaced since.
   *
   * @param wanted one that reaches this far is enough, even if there is a later one
   */
  public Future<Long> committedSeq(String conversationId, long wanted) {
    if (wanted < 1) {
      return Future.succeededFuture(0L);
    }
    if (reaches(conversationId, wanted)) {
      return Future.succeededFuture(wanted);
    }
    return wanted == NEWEST
        ? ask(conversationId)
        : newest
            .newestOf(conversationId)
            .compose(
                row -> {
                  row.ifPresent(found -> learn(conversationId, found.committedSeqWhenWritten()));
                  return reaches(conversationId, wanted)
                      ? Future.succeededFuture(wanted)
                      : ask(conversationId);
                });
  }

  private boolean reaches(String conversationId, long wanted) {
    Long committedSeq = known.getIfPresent(conversationId);
    return committedSeq != null && committedSeq >= wanted;
  }

  private Future<Long> ask(String conversationId) {
    return services
        .call(MdsOperations.COMMITTED_SEQ, Caller.SERVICE, new GetCommittedSeq(conversationId))
        .map(reply -> learn(conversationId, reply.seq()));
  }

  /**
   * How far each of several logs may be shown, given the newest entry that was read of each; 0
   * where nothing may. What the entries do not say themselves is asked of the owners, many logs in
   * one request where they are in one shard.
   */
  public Future<Map<String, Long>> committedSeqs(List<LogRow> newestRows) {
    Map<String, Long> seqs = new HashMap<>();
    Map<Integer, List<LogRow>> unknownByShard = new HashMap<>();
    for (LogRow row : newestRows) {
      String conversationId = row.entry().conversationId();
      if (row.seq() <= learn(conversationId, row.committedSeqWhenWritten())) {
        seqs.put(conversationId, row.seq());
      } else {
        unknownByShard
            .computeIfAbsent(Shards.of(conversationId), shard -> new ArrayList<>())
            .add(row);
      }
    }
    List<Future<Void>> requests = new ArrayList<>();
    unknownByShard.values().forEach(rows -> requests.add(ask(rows, seqs)));
    return Future.all(requests).map(seqs);
  }

  private Future<Void> ask(List<LogRow> rows, Map<String, Long> seqs) {
    List<String> ids = rows.stream().map(row -> row.entry().conversationId()).toList();
    return services
        .call(MdsOperations.COMMITTED_SEQS, Caller.SERVICE, new GetCommittedSeqs(ids))
        .compose(
            answer -> {
              for (int i = 0; i < ids.size(); i++) {
                long committedSeq = learn(ids.get(i), answer.seqs().get(i));
                seqs.put(ids.get(i), Math.min(committedSeq, rows.get(i).seq()));
              }
              return Future.succeededFuture();
            });
  }

  private long learn(String conversationId, long committedSeq) {
    return known.asMap().merge(conversationId, committedSeq, Math::max);
  }
}
