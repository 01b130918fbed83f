package chat.jovial.mss;

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
 * How far each log may be shown. What lies beyond may be a write that its owner has not had
 * acknowledged, and that the next owner will remove. An acknowledged end never goes back, so what
 * was once learned stays true: from the {@code base} of any entry, or from the owner.
 */
final class CommittedSeqClient {
  /** Conversations remembered: some tens of bytes each; forgetting one costs a question. */
  private static final int MAX_CONVERSATIONS = 100_000;

  /** Wanted by whoever wants all that may be shown at this moment. */
  static final long NEWEST = Long.MAX_VALUE;

  private final NewestEntries newest;
  private final ServiceClient services;
  private final Cache<String, Long> known =
      Caffeine.newBuilder().maximumSize(MAX_CONVERSATIONS).build();

  CommittedSeqClient(NewestEntries newest, ServiceClient services) {
    this.newest = newest;
    this.services = services;
  }

  /**
   * How far the log may be shown. To be asked <em>before</em> what is shown is read: a quorum shows
   * all of it only to a read that begins when it was acknowledged, and what an earlier read saw may
   * have been replaced since.
   *
   * @param wanted an end that reaches so far will do, even if there is a later one
   */
  Future<Long> end(String conversationId, long wanted) {
    if (wanted < 1) {
      return Future.succeededFuture(0L);
    }
    if (reaches(conversationId, wanted)) {
      return Future.succeededFuture(wanted);
    }
    return wanted == NEWEST
        ? ask(conversationId)
        : newest
            .of(conversationId)
            .compose(
                row -> {
                  row.ifPresent(found -> learn(conversationId, found.base()));
                  return reaches(conversationId, wanted)
                      ? Future.succeededFuture(wanted)
                      : ask(conversationId);
                });
  }

  private boolean reaches(String conversationId, long wanted) {
    Long end = known.getIfPresent(conversationId);
    return end != null && end >= wanted;
  }

  private Future<Long> ask(String conversationId) {
    return services
        .call(MdsOperations.COMMITTED_SEQ, Caller.SERVICE, new GetCommittedSeq(conversationId))
        .map(end -> learn(conversationId, end.seq()));
  }

  /**
   * How far each of several logs may be shown, given the newest entry that was read of each; 0
   * where nothing may. What the entries do not say themselves is asked of the owners, many logs in
   * one question where they are in one shard.
   */
  Future<Map<String, Long>> of(List<LogRow> newestRows) {
    Map<String, Long> ends = new HashMap<>();
    Map<Integer, List<LogRow>> unknownByShard = new HashMap<>();
    for (LogRow row : newestRows) {
      String conversationId = row.entry().conversationId();
      if (row.seq() <= learn(conversationId, row.base())) {
        ends.put(conversationId, row.seq());
      } else {
        unknownByShard
            .computeIfAbsent(Shards.of(conversationId), shard -> new ArrayList<>())
            .add(row);
      }
    }
    List<Future<Void>> questions = new ArrayList<>();
    unknownByShard.values().forEach(rows -> questions.add(ask(rows, ends)));
    return Future.all(questions).map(ends);
  }

  private Future<Void> ask(List<LogRow> rows, Map<String, Long> ends) {
    List<String> ids = rows.stream().map(row -> row.entry().conversationId()).toList();
    return services
        .call(MdsOperations.COMMITTED_SEQS, Caller.SERVICE, new GetCommittedSeqs(ids))
        .compose(
            answer -> {
              for (int i = 0; i < ids.size(); i++) {
                long end = learn(ids.get(i), answer.seqs().get(i));
                ends.put(ids.get(i), Math.min(end, rows.get(i).seq()));
              }
              return Future.succeededFuture();
            });
  }

  private long learn(String conversationId, long end) {
    return known.asMap().merge(conversationId, end, Math::max);
  }
}
