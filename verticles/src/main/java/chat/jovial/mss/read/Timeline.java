package chat.jovial.mss.read;

import chat.jovial.access.Memberships;
import chat.jovial.contract.Caller;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.ListMessages;
import chat.jovial.contract.mds.MessagePage;
import chat.jovial.mss.log.CommittedSeqClient;
import chat.jovial.mss.log.LogReader;
import chat.jovial.mss.log.LogRow;
import chat.jovial.mss.members.ConversationActivity;
import chat.jovial.mss.members.MemberConversations;
import chat.jovial.mss.read.TimelineScan.Direction;
import chat.jovial.mss.read.TimelineScan.Scanned;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reader of {@code mds.received} and {@code mds.sent}: one order over all conversations of a user.
 * Reads the most recently active conversations first, some at a time, and stops as soon as none of
 * the others can have anything newer than what fills the page. Bodies are read last, only those
 * that are shown.
 */
public final class Timeline {
  /** Conversations read at the same time. */
  private static final int PARALLEL = 8;

  private final LogReader reader;
  private final CommittedSeqClient committedSeqs;
  private final MemberConversations conversations;
  private final Memberships memberships;

  public Timeline(
      LogReader reader,
      CommittedSeqClient committedSeqs,
      MemberConversations conversations,
      Memberships memberships) {
    this.reader = reader;
    this.committedSeqs = committedSeqs;
    this.conversations = conversations;
    this.memberships = memberships;
  }

  /** Messages of others. */
  public Future<MessagePage> readReceived(Caller caller, ListMessages query) {
    return read(caller, query, Direction.RECEIVED);
  }

  /** Messages of the caller. */
  public Future<MessagePage> readSent(Caller caller, ListMessages query) {
    return read(caller, query, Direction.SENT);
  }

  private Future<MessagePage> read(Caller caller, ListMessages query, Direction direction) {
    Position cursor = query.cursor() == null ? null : Position.ofCursor(query.cursor());
    TimelineScan scan =
        new TimelineScan(reader, committedSeqs, caller.requireUser(), direction, query, cursor);
    return conversations(caller, query)
        .compose(activities -> gather(activities, 0, scan, TimelinePage.empty(scan.limit())))
        .map(TimelinePage::reply)
        .compose(this::withBodies);
  }

  /** The page with the bodies, shorter if they do not fit. */
  private Future<MessagePage> withBodies(MessagePage page) {
    List<Entry> found = page.messages();
    return PageFiller.fill(found.size(), (from, to) -> read(found.subList(from, to)))
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
        .forEach((conversationId, seqs) -> reads.add(reader.readAt(conversationId, seqs)));
    return Future.all(reads)
        .map(
            done ->
                reads.stream()
                    .flatMap(rows -> rows.result().stream())
                    .map(LogRow::entry)
                    .sorted(Comparator.comparing(Position::of, Position.NEWEST_FIRST))
                    .toList());
  }

  private Future<List<ConversationActivity>> conversations(Caller caller, ListMessages query) {
    String conversationId = query.conversationId();
    return conversationId == null
        ? conversations.conversationsOf(caller.requireUser())
        : memberships
            .check(caller.requireUser(), conversationId)
            .map(member -> List.of(ConversationActivity.always(conversationId)));
  }

  private Future<TimelinePage> gather(
      List<ConversationActivity> activities, int next, TimelineScan scan, TimelinePage page) {
    if (next >= activities.size() || page.isFullBefore(activities.get(next).newestPossible())) {
      return Future.succeededFuture(page);
    }
    int end = Math.min(activities.size(), next + PARALLEL);
    List<Future<Scanned>> chunk =
        activities.subList(next, end).stream()
            .map(activity -> scan.scan(activity.conversationId()))
            .toList();
    return Future.all(chunk)
        .compose(done -> gather(activities, end, scan, page.with(done.<Scanned>list())));
  }
}
