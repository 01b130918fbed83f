package chat.jovial.mss;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.Shards;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.contract.mss.AcknowledgedEndQuery;
import chat.jovial.contract.mss.AcknowledgedEndsQuery;
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
final class AcknowledgedEnds {
  /** Conversations remembered: some tens of bytes each; forgetting one costs a question. */
  private static final int MAX_CONVERSATIONS = 100_000;

  private final ServiceClient services;
  private final Cache<String, Long> known =
      Caffeine.newBuilder().maximumSize(MAX_CONVERSATIONS).build();

  AcknowledgedEnds(ServiceClient services) {
    this.services = services;
  }

  /** Those of the rows, all of one log, that may be shown. */
  Future<List<LogRow>> visible(String conversationId, List<LogRow> rows) {
    if (rows.isEmpty()) {
      return Future.succeededFuture(rows);
    }
    long highest = 0;
    long base = 0;
    for (LogRow row : rows) {
      highest = Math.max(highest, row.seq());
      base = Math.max(base, row.base());
    }
    long certain = learn(conversationId, base);
    if (highest <= certain) {
      return Future.succeededFuture(rows);
    }
    return services
        .call(Catalogue.ACKNOWLEDGED_END, Caller.SERVICE, new AcknowledgedEndQuery(conversationId))
        .map(
            end -> {
              long last = learn(conversationId, end.seq());
              return rows.stream().filter(row -> row.seq() <= last).toList();
            });
  }

  /**
   * How far each of several logs may be shown, given the newest entry that was read of each; 0
   * where nothing may. What the entries do not say themselves is asked of the owners, many logs in
   * one question where they are in one shard.
   */
  Future<Map<String, Long>> of(List<LogRow> newest) {
    Map<String, Long> ends = new HashMap<>();
    Map<Integer, List<LogRow>> unknownByShard = new HashMap<>();
    for (LogRow row : newest) {
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

  private Future<Void> ask(List<LogRow> newest, Map<String, Long> ends) {
    List<String> ids = newest.stream().map(row -> row.entry().conversationId()).toList();
    return services
        .call(Catalogue.ACKNOWLEDGED_ENDS, Caller.SERVICE, new AcknowledgedEndsQuery(ids))
        .compose(
            answer -> {
              for (int i = 0; i < ids.size(); i++) {
                long end = learn(ids.get(i), answer.seqs().get(i));
                ends.put(ids.get(i), Math.min(end, newest.get(i).seq()));
              }
              return Future.succeededFuture();
            });
  }

  private long learn(String conversationId, long end) {
    return known.asMap().merge(conversationId, end, Math::max);
  }
}
