package chat.jovial.mss;

import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mss.IndexModifiers.Hint;
import chat.jovial.mss.PageFiller.Filled;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
  private final CommittedSeqClient ends;

  Related(LogReader reader, Hints hints, CommittedSeqClient ends) {
    this.reader = reader;
    this.hints = hints;
    this.ends = ends;
  }

  /**
   * A page and what later entries did to it.
   *
   * @param entries in the order in which they were read
   * @param related in order of seq; null if there is nothing
   */
  record Page(List<Entry> entries, @Nullable List<Entry> related) {}

  /**
   * Adds to a page what later entries did to it. Where that is more than fits, the page is
   * shortened rather than shown without the edit that counts.
   *
   * @param page without gaps, up or down, in the order in which it was read
   */
  Future<Page> to(String conversationId, List<Entry> page) {
    if (page.isEmpty()) {
      return Future.succeededFuture(new Page(page, null));
    }
    long one = page.get(0).seq();
    long other = page.get(page.size() - 1).seq();
    long last = Math.max(one, other);
    return hints
        .in(conversationId, Math.min(one, other), last, MAX_HINTS)
        .compose(found -> acknowledged(conversationId, found, last))
        .compose(
            wanted ->
                read(conversationId, wanted)
                    .compose(
                        filled -> {
                          int shown = shown(page, wanted, filled);
                          return shown < page.size()
                              ? to(conversationId, page.subList(0, shown))
                              : Future.succeededFuture(new Page(page, inOrder(filled.entries())));
                        }));
  }

  /** What of the hints may be shown, the most needed first. */
  private Future<List<Hint>> acknowledged(String conversationId, List<Hint> found, long last) {
    List<Hint> wanted =
        found.stream().filter(hint -> hint.seq() > last).sorted(MOST_NEEDED_FIRST).toList();
    long highest = wanted.stream().mapToLong(Hint::seq).max().orElse(0);
    return ends.end(conversationId, highest)
        .map(end -> wanted.stream().filter(hint -> hint.seq() <= end).toList());
  }

  private Future<Filled> read(String conversationId, List<Hint> wanted) {
    // Two groups may have wanted the same seq, of which one was fenced off.
    Map<Long, List<Hint>> bySeq =
        wanted.stream()
            .collect(Collectors.groupingBy(Hint::seq, LinkedHashMap::new, Collectors.toList()));
    List<Long> seqs = bySeq.keySet().stream().limit(MAX_RELATED).toList();
    return PageFiller.fill(
            seqs.size(),
            (from, to) ->
                reader
                    .at(conversationId, seqs.subList(from, to))
                    .map(
                        rows ->
                            rows.stream()
                                .filter(row -> isMeant(row, bySeq))
                                .map(LogRow::entry)
                                .sorted(Comparator.comparing(entry -> seqs.indexOf(entry.seq())))
                                .toList()))
        .map(filled -> new Filled(filled.entries(), filled.isCut() || seqs.size() < bySeq.size()));
  }

  private static boolean isMeant(LogRow row, Map<Long, List<Hint>> bySeq) {
    return bySeq.getOrDefault(row.seq(), List.of()).stream().anyMatch(h -> Hints.isMeant(row, h));
  }

  /**
   * How many entries of the page have their newest edit with them: those before the first of which
   * all edits were left out, but at least one, whose newest edit is there when it is alone.
   */
  private static int shown(List<Entry> page, List<Hint> wanted, Filled filled) {
    if (!filled.isCut()) {
      return page.size();
    }
    Set<Long> lacking = new HashSet<>();
    wanted.stream()
        .filter(hint -> hint.kind().equals(Kind.EDIT))
        .map(Hint::target)
        .forEach(lacking::add);
    filled.entries().stream()
        .filter(e -> e.isOf(Kind.EDIT))
        .map(Entry::target)
        .forEach(lacking::remove);
    int shown = 0;
    while (shown < page.size() && !lacking.contains(page.get(shown).seq())) {
      shown++;
    }
    return Math.max(1, shown);
  }

  private static @Nullable List<Entry> inOrder(List<Entry> entries) {
    return entries.isEmpty()
        ? null
        : entries.stream().sorted(Comparator.comparing(Entry::seq)).toList();
  }
}
