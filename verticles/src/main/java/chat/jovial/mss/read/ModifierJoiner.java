package chat.jovial.mss.read;

import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mss.IndexModifiers.Hint;
import chat.jovial.mss.log.CommittedSeqClient;
import chat.jovial.mss.log.LogReader;
import chat.jovial.mss.log.LogRow;
import chat.jovial.mss.log.ModifierIndex;
import chat.jovial.mss.read.PageFiller.Filled;
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
 * Join of a page with the later entries that modify those of the page, so that a reader of old
 * pages need not load the years between.
 */
public final class ModifierJoiner {
  /** Entries that come with a page at most. */
  private static final int MAX_MODIFIERS = 500;

  /**
   * Rows of the index read for a page; beyond, a page full of reactions shows some of them only.
   */
  private static final int MAX_INDEX_ROWS = 4000;

  /** What changes or removes text first, then the newest reactions. */
  private static final Comparator<Hint> MOST_NEEDED_FIRST =
      Comparator.<Hint, Boolean>comparing(modifier -> modifier.kind().equals(Kind.REACTION))
          .thenComparing(Comparator.comparing(Hint::seq).reversed());

  private final LogReader reader;
  private final ModifierIndex index;
  private final CommittedSeqClient committedSeqs;

  public ModifierJoiner(LogReader reader, ModifierIndex index, CommittedSeqClient committedSeqs) {
    this.reader = reader;
    this.index = index;
    this.committedSeqs = committedSeqs;
  }

  /**
   * A page and the later entries that modify it.
   *
   * @param entries in the order in which they were read
   * @param related in order of seq; null if there is nothing
   */
  record Page(List<Entry> entries, @Nullable List<Entry> related) {}

  /**
   * Adds to a page the later entries that modify it. Where that is more than fits, the page is
   * shortened rather than shown without the edit that counts.
   *
   * @param page without gaps, up or down, in the order in which it was read
   */
  Future<Page> withModifiers(String conversationId, List<Entry> page) {
    if (page.isEmpty()) {
      return Future.succeededFuture(new Page(page, null));
    }
    long one = page.get(0).seq();
    long other = page.get(page.size() - 1).seq();
    long last = Math.max(one, other);
    return index
        .inRange(conversationId, Math.min(one, other), last, MAX_INDEX_ROWS)
        .compose(found -> committed(conversationId, found, last))
        .compose(
            wanted ->
                read(conversationId, wanted)
                    .compose(
                        filled -> {
                          int shown = shown(page, wanted, filled);
                          return shown < page.size()
                              ? withModifiers(conversationId, page.subList(0, shown))
                              : Future.succeededFuture(new Page(page, inOrder(filled.entries())));
                        }));
  }

  /** Those that may be shown, the most needed first. */
  private Future<List<Hint>> committed(String conversationId, List<Hint> found, long last) {
    List<Hint> wanted =
        found.stream().filter(modifier -> modifier.seq() > last).sorted(MOST_NEEDED_FIRST).toList();
    long highest = wanted.stream().mapToLong(Hint::seq).max().orElse(0);
    return committedSeqs
        .committedSeq(conversationId, highest)
        .map(end -> wanted.stream().filter(modifier -> modifier.seq() <= end).toList());
  }

  private Future<Filled> read(String conversationId, List<Hint> wanted) {
    // Two groups may have wanted the same seq, of which one was fenced off.
    Map<Long, List<Hint>> bySeq =
        wanted.stream()
            .collect(Collectors.groupingBy(Hint::seq, LinkedHashMap::new, Collectors.toList()));
    List<Long> seqs = bySeq.keySet().stream().limit(MAX_MODIFIERS).toList();
    return PageFiller.fill(
            seqs.size(),
            (from, to) ->
                reader
                    .readAt(conversationId, seqs.subList(from, to))
                    .map(
                        rows ->
                            rows.stream()
                                .filter(row -> isNamed(row, bySeq))
                                .map(LogRow::entry)
                                .sorted(Comparator.comparing(entry -> seqs.indexOf(entry.seq())))
                                .toList()))
        .map(filled -> new Filled(filled.entries(), filled.isCut() || seqs.size() < bySeq.size()));
  }

  private static boolean isNamed(LogRow row, Map<Long, List<Hint>> bySeq) {
    return bySeq.getOrDefault(row.seq(), List.of()).stream()
        .anyMatch(modifier -> ModifierIndex.names(modifier, row));
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
        .filter(modifier -> modifier.kind().equals(Kind.EDIT))
        .map(Hint::target)
        .forEach(lacking::add);
    filled.entries().stream()
        .filter(entry -> entry.isOf(Kind.EDIT))
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
