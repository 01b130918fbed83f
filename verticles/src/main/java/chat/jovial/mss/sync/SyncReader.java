package chat.jovial.mss.sync;

import chat.jovial.access.Memberships;
import chat.jovial.cassandra.StoreIdentity;
import chat.jovial.contract.Caller;
import chat.jovial.contract.mds.Receipt;
import chat.jovial.contract.mss.Sync;
import chat.jovial.contract.mss.SyncPage;
import chat.jovial.mss.log.CommittedSeqClient;
import chat.jovial.mss.log.LogReader;
import chat.jovial.mss.log.LogRow;
import chat.jovial.mss.log.NewestEntries;
import chat.jovial.mss.members.ConversationActivity;
import chat.jovial.mss.members.MemberConversations;
import chat.jovial.mss.members.ReceiptStore;
import chat.jovial.mss.sync.ConversationScan.Scanned;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reader of {@code mss.sync}: what is new in all conversations of a user, newest conversations
 * first.
 *
 * <p>Each page is independent. It reads the activity of the user's conversations, finds its
 * position among them by the cursor, and adds some conversations at a time until it is full ({@link
 * SyncPageBuilder}). A page that fails is requested again with the same cursor, from any node.
 * Anything that cannot be read fails the page rather than being left out, for the next page's
 * cursor says that the client has it.
 *
 * <p>A page reads the receipts of a conversation and its newest entry, asks the owner how far that
 * may be shown where the store does not say it ({@link CommittedSeqClient}), and then reads entries
 * and headers up to there. What was committed before the run began is in it: the activity of its
 * conversation was recorded before, and reads are at quorum.
 */
public final class SyncReader {
  private final LogReader reader;
  private final NewestEntries newest;
  private final CommittedSeqClient committedSeqs;
  private final MemberConversations conversations;
  private final ReceiptStore receipts;
  private final UnreadCounter counter;
  private final StoreIdentity identity;
  private final Clock clock;
  private final Memberships memberships;

  public SyncReader(
      LogReader reader,
      NewestEntries newest,
      CommittedSeqClient committedSeqs,
      MemberConversations conversations,
      ReceiptStore receipts,
      UnreadCounter counter,
      Memberships memberships,
      StoreIdentity identity,
      Clock clock) {
    this.reader = reader;
    this.newest = newest;
    this.committedSeqs = committedSeqs;
    this.conversations = conversations;
    this.receipts = receipts;
    this.counter = counter;
    this.memberships = memberships;
    this.identity = identity;
    this.clock = clock;
  }

  public Future<SyncPage> read(Caller caller, Sync request) {
    String userId = caller.requireUser();
    SyncCursor cursor = request.cursor() == null ? null : SyncCursor.read(request.cursor(), userId);
    return page(userId, cursor, request);
  }

  private Future<SyncPage> page(String userId, @Nullable SyncCursor cursor, Sync request) {
    // Before activity is read: what is recorded later is for the next sync, at the latest.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Future<String> storeId = identity.current();
    Future<List<ConversationActivity>> all = conversations.conversationsOf(userId);
    return Future.all(storeId, all)
        .compose(
            read -> {
              List<ConversationActivity> activities = all.result();
              SyncRun run = SyncRun.of(cursor, userId, now, activities);
              SyncPageBuilder page =
                  new SyncPageBuilder(
                      run, storeId.result(), Objects.requireNonNull(request.limit()));
              ConversationScan scan =
                  new ConversationScan(reader, counter, userId, page.maxEntriesOfConversation());
              Map<String, Long> have = Objects.requireNonNull(request.have());
              return fill(page, run.remaining(activities), 0, scan, have);
            });
  }

  private Future<SyncPage> fill(
      SyncPageBuilder page,
      List<ConversationActivity> remaining,
      int next,
      ConversationScan scan,
      Map<String, Long> have) {
    if (next >= remaining.size()) {
      return Future.succeededFuture(page.buildLast());
    }
    int room = page.room();
    if (room == 0) {
      return Future.succeededFuture(page.buildWithMoreAfter(remaining.get(next - 1)));
    }
    int upTo = Math.min(remaining.size(), next + room);
    return scan(remaining.subList(next, upTo), scan, have)
        .compose(
            scanned -> {
              scanned.forEach(page::add);
              return fill(page, remaining, upTo, scan, have);
            });
  }

  /** Several conversations at once; without those in which nothing may be shown yet. */
  private Future<List<Scanned>> scan(
      List<ConversationActivity> chunk, ConversationScan scan, Map<String, Long> have) {
    List<String> ids =
        chunk.stream()
            .map(ConversationActivity::conversationId)
            .filter(memberships::isConversation)
            .toList();
    List<Future<Map<String, Receipt>>> receiptReads =
        ids.stream().map(this::receiptsByUser).toList();
    List<Future<Optional<LogRow>>> newestReads = ids.stream().map(newest::newestOf).toList();
    List<Future<?>> all = new ArrayList<>(receiptReads);
    all.addAll(newestReads);
    return Future.all(all)
        .compose(
            read ->
                committedSeqs.committedSeqs(
                    newestReads.stream().flatMap(row -> row.result().stream()).toList()))
        .compose(
            endByConversation -> {
              List<Future<Scanned>> scans = new ArrayList<>();
              for (int i = 0; i < ids.size(); i++) {
                String id = ids.get(i);
                long end = endByConversation.getOrDefault(id, 0L);
                Optional<LogRow> found = newestReads.get(i).result();
                if (end > 0 && found.isPresent()) {
                  scans.add(
                      scan.scan(
                          found.get().entry(),
                          end,
                          have.getOrDefault(id, 0L),
                          receiptReads.get(i).result()));
                }
              }
              return Future.all(scans).map(done -> done.<Scanned>list());
            });
  }

  private Future<Map<String, Receipt>> receiptsByUser(String conversationId) {
    return receipts
        .receiptsOf(conversationId)
        .map(
            read ->
                read.receipts().stream()
                    .collect(Collectors.toMap(Receipt::userId, Function.identity())));
  }
}
