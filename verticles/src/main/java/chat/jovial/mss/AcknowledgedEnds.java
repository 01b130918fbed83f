package chat.jovial.mss;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.contract.mss.AcknowledgedEndQuery;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import java.util.List;

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

  private long learn(String conversationId, long end) {
    return known.asMap().merge(conversationId, end, Math::max);
  }
}
