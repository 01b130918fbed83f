package chat.jovial.mss;

import chat.jovial.contract.Caller;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.ListMessages;
import chat.jovial.contract.mds.MessagePage;
import chat.jovial.mss.MemberConversations.Touched;
import chat.jovial.mss.TimelineScan.Scanned;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Answers {@code mds.received} and {@code mds.sent}: one order over all conversations of a user.
 * Reads the conversations that were busy last first, some at a time, and stops as soon as none of
 * the others can have anything newer than what fills the page. Bodies are read last, of what is
 * shown alone.
 */
final class Timeline {
  /** Conversations read at the same time. */
  private static final int PARALLEL = 8;

  private final LogReader reader;
  private final CommittedSeqClient ends;
  private final MemberConversations conversations;
  private final Turnstile turnstile;

  /**
   * @param turnstile which the bodies are read through
   */
  Timeline(
      LogReader reader,
      CommittedSeqClient ends,
      MemberConversations conversations,
      Turnstile turnstile) {
    this.turnstile = turnstile;
    this.reader = reader;
    this.ends = ends;
    this.conversations = conversations;
  }

  /**
   * @param own the caller's messages, or those of the others
   */
  Future<MessagePage> read(Caller caller, ListMessages query, boolean own) {
    Position cursor = query.cursor() == null ? null : Position.ofCursor(query.cursor());
    TimelineScan scan = new TimelineScan(reader, ends, caller.requireUser(), own, query, cursor);
    return conversations(caller, query)
        .compose(touched -> gather(touched, 0, scan, TimelinePage.empty(scan.limit())))
        .map(TimelinePage::reply)
        .compose(this::withBodies);
  }

  /** The page with the bodies, shorter if they do not fit. */
  private Future<MessagePage> withBodies(MessagePage page) {
    List<Entry> found = page.messages();
    return turnstile
        .pass(() -> PageFiller.fill(found.size(), (from, to) -> read(found.subList(from, to))))
        .map(
            filled -> {
              List<Entry> messages = filled.entries();
              return filled.isCut()
                  ? new MessagePage(
                      messages, Position.of(messages.get(messages.size() - 1)).cursor(), true)
                  : new MessagePage(messages, page.cursor(), page.more());
            });
  }

  private Future<List<Entry>> read(List<Entry> wanted) {
    List<Future<List<LogRow>>> reads = new ArrayList<>();
    wanted.stream()
        .collect(
            Collectors.groupingBy(
                Entry::conversationId, Collectors.mapping(Entry::seq, Collectors.toList())))
        .forEach((conversationId, seqs) -> reads.add(reader.at(conversationId, seqs)));
    return Future.all(reads)
        .map(
            done ->
                reads.stream()
                    .flatMap(rows -> rows.result().stream())
                    .map(LogRow::entry)
                    .sorted(Comparator.comparing(Position::of, Position.NEWEST_FIRST))
                    .toList());
  }

  private Future<List<Touched>> conversations(Caller caller, ListMessages query) {
    if (query.conversationId() == null) {
      return conversations.of(caller.requireUser());
    }
    HistoryReader.checkMember(caller, query.conversationId());
    return Future.succeededFuture(List.of(Touched.always(query.conversationId())));
  }

  private Future<TimelinePage> gather(
      List<Touched> touched, int next, TimelineScan scan, TimelinePage page) {
    if (next >= touched.size() || page.isFullBefore(touched.get(next).newestPossible())) {
      return Future.succeededFuture(page);
    }
    int end = Math.min(touched.size(), next + PARALLEL);
    List<Future<Scanned>> chunk =
        touched.subList(next, end).stream().map(t -> scan.of(t.conversationId())).toList();
    return Future.all(chunk)
        .compose(done -> gather(touched, end, scan, page.with(done.<Scanned>list())));
  }
}
