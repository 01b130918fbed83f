package chat.jovial.mss;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Ids;
import chat.jovial.contract.mds.Receipt;
import chat.jovial.contract.mss.Sync;
import chat.jovial.contract.mss.SyncPage;
import chat.jovial.mss.ConversationScan.Scanned;
import chat.jovial.mss.MemberConversations.Touched;
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
 * Answers {@code mss.sync}: what is new in all conversations of a user, newest conversations first.
 *
 * <p>Each page stands for itself. It reads the notes of the user's conversations, finds its place
 * among them by the cursor, and takes some conversations at a time until it is full ({@link
 * PageInProgress}). A page that fails is asked for again with the same cursor, of any node.
 * Anything that cannot be had fails the page rather than being left out, for the next page's cursor
 * says that the client has it.
 *
 * <p>A page reads the receipts of a conversation and its newest entry, asks the owner how far that
 * may be shown where the store does not say it ({@link CommittedSeqClient}), and then reads entries
 * and headers below that end. What was acknowledged before the run began is in it: its conversation
 * was noted before, and reads are at quorum.
 */
final class SyncReader {
  /** Pages that one MSS verticle works on at once; see {@link PageInProgress} for their size. */
  private static final int MAX_PAGES_AT_ONCE = 8;

  /** Pages that wait, some hundred bytes each: as many devices may come back at one moment. */
  private static final int MAX_PAGES_WAITING = 2_000;

  private final LogReader reader;
  private final NewestEntries newest;
  private final CommittedSeqClient ends;
  private final MemberConversations conversations;
  private final ReceiptStore receipts;
  private final UnreadCounter counter;
  private final Clock clock;
  private final Turnstile turnstile = new Turnstile(MAX_PAGES_AT_ONCE, MAX_PAGES_WAITING);

  SyncReader(
      LogReader reader,
      NewestEntries newest,
      CommittedSeqClient ends,
      MemberConversations conversations,
      ReceiptStore receipts,
      UnreadCounter counter,
      Clock clock) {
    this.reader = reader;
    this.newest = newest;
    this.ends = ends;
    this.conversations = conversations;
    this.receipts = receipts;
    this.counter = counter;
    this.clock = clock;
  }

  Future<SyncPage> read(Caller caller, Sync request) {
    String userId = caller.requireUser();
    SyncCursor cursor = request.cursor() == null ? null : SyncCursor.read(request.cursor(), userId);
    return turnstile.pass(() -> page(userId, cursor, request));
  }

  private Future<SyncPage> page(String userId, @Nullable SyncCursor cursor, Sync request) {
    // Before the notes are read: what is noted later is for the next sync, at the latest.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return conversations
        .of(userId)
        .compose(
            noted -> {
              SyncRun run = SyncRun.of(cursor, userId, now, noted);
              PageInProgress page =
                  new PageInProgress(run, Objects.requireNonNull(request.limit()));
              ConversationScan scan =
                  new ConversationScan(reader, counter, userId, page.maxEntriesOfConversation());
              Map<String, Long> have = Objects.requireNonNull(request.have());
              return fill(page, run.remaining(noted), 0, scan, have);
            });
  }

  private Future<SyncPage> fill(
      PageInProgress page,
      List<Touched> remaining,
      int next,
      ConversationScan scan,
      Map<String, Long> have) {
    if (next >= remaining.size()) {
      return Future.succeededFuture(page.last());
    }
    int room = page.room();
    if (room == 0) {
      return Future.succeededFuture(page.withMoreAfter(remaining.get(next - 1)));
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
      List<Touched> chunk, ConversationScan scan, Map<String, Long> have) {
    List<String> ids = chunk.stream().map(Touched::conversationId).filter(Ids::isDirect).toList();
    List<Future<Map<String, Receipt>>> receiptReads =
        ids.stream().map(this::receiptsByUser).toList();
    List<Future<Optional<LogRow>>> newestReads = ids.stream().map(newest::of).toList();
    List<Future<?>> all = new ArrayList<>(receiptReads);
    all.addAll(newestReads);
    return Future.all(all)
        .compose(
            read -> ends.of(newestReads.stream().flatMap(row -> row.result().stream()).toList()))
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
        .of(conversationId)
        .map(
            read ->
                read.receipts().stream()
                    .collect(Collectors.toMap(Receipt::userId, Function.identity())));
  }
}
