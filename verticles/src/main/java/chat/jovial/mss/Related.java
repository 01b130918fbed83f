package chat.jovial.mss;

import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mss.WriteHints.Hint;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What later entries did to those of a page, so that a reader of old pages need not load the years
 * between.
 */
final class Related {
  /** Entries that come with a page at most. */
  private static final int MAX_RELATED = 500;

  /** Hints looked at for a page; beyond, a page full of reactions shows some of them only. */
  private static final int MAX_HINTS = 4000;

  /** What changes or removes text first, then the newest reactions. */
  private static final Comparator<Hint> MOST_NEEDED_FIRST =
      Comparator.<Hint, Boolean>comparing(hint -> hint.kind().equals(Kind.REACTION))
          .thenComparing(Comparator.comparing(Hint::seq).reversed());

  private final LogReader reader;
  private final Hints hints;
  private final AcknowledgedEnds ends;

  Related(LogReader reader, Hints hints, AcknowledgedEnds ends) {
    this.reader = reader;
    this.hints = hints;
    this.ends = ends;
  }

  /**
   * @param page without gaps, in order of seq
   */
  Future<List<Entry>> to(String conversationId, List<Entry> page) {
    if (page.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    long first = page.get(0).seq();
    long last = page.get(page.size() - 1).seq();
    return hints
        .in(conversationId, first, last, MAX_HINTS)
        .compose(
            found -> {
              // Two groups may have wanted the same seq, of which one was fenced off.
              Map<Long, List<Hint>> bySeq =
                  found.stream()
                      .filter(hint -> hint.seq() > last)
                      .sorted(MOST_NEEDED_FIRST)
                      .limit(MAX_RELATED)
                      .collect(Collectors.groupingBy(Hint::seq));
              long highest = bySeq.keySet().stream().mapToLong(seq -> seq).max().orElse(0);
              return ends.end(conversationId, highest)
                  .compose(
                      end -> {
                        bySeq.keySet().removeIf(seq -> seq > end);
                        return reader.at(conversationId, bySeq.keySet());
                      })
                  .map(rows -> meant(rows, bySeq::get));
            })
        .map(rows -> rows.stream().map(LogRow::entry).toList());
  }

  private static List<LogRow> meant(List<LogRow> rows, Function<Long, List<Hint>> hintsOf) {
    return rows.stream()
        .filter(row -> hintsOf.apply(row.seq()).stream().anyMatch(h -> Hints.isMeant(row, h)))
        .toList();
  }
}
