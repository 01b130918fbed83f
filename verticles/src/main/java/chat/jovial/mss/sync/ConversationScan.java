package chat.jovial.mss.sync;

import chat.jovial.contract.Ids;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Receipt;
import chat.jovial.contract.mss.SyncedConversation;
import chat.jovial.mss.log.LogReader;
import chat.jovial.mss.log.LogRow;
import chat.jovial.mss.sync.UnreadCounter.Counted;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Scan of one conversation for a sync of one of its members: its state, and the newest entries that
 * the client lacks. For one caller, several conversations at a time.
 */
final class ConversationScan {
  /**
   * Entries read at once: bodies may be large, and how large is only known when they are there. So
   * this many bodies bound what a scan holds beyond what it gives.
   */
  private static final int SLICE = 16;

  /** Bytes of bodies after which no older entries of a conversation are added. */
  static final int MAX_BYTES = 128 * 1024;

  private final LogReader reader;
  private final UnreadCounter counter;
  private final String userId;

  /** Entries of one conversation in a page. */
  private final int maxEntries;

  ConversationScan(LogReader reader, UnreadCounter counter, String userId, int maxEntries) {
    this.reader = reader;
    this.counter = counter;
    this.userId = userId;
    this.maxEntries = maxEntries;
  }

  /**
   * @param entries in order of seq; the last one is the conversation's newest
   * @param bytes of their bodies
   * @param headersRead headers read to count
   */
  record Scanned(SyncedConversation state, List<Entry> entries, int bytes, int headersRead) {}

  /** Entries read so far, lowest first. */
  private record Found(Deque<Entry> entries, int bytes) {}

  /**
   * @param newest the newest entry in the store, which may be beyond the end
   * @param end how far the conversation may be shown; at least 1
   * @param have up to where the client has it
   */
  Future<Scanned> scan(Entry newest, long end, long have, Map<String, Receipt> receipts) {
    long first = Math.max(have, end - maxEntries) + 1;
    return read(newest.conversationId(), first, end, new Found(new ArrayDeque<>(), 0))
        .compose(found -> state(newest, end, found, receipts));
  }

  /** The entries from {@code to} downwards to {@code from}, or until there is enough. */
  private Future<Found> read(String conversationId, long from, long to, Found found) {
    if (to < from || found.bytes() >= MAX_BYTES) {
      return Future.succeededFuture(found);
    }
    int slice = (int) Math.min(SLICE, to - from + 1);
    return reader
        .readDescending(conversationId, to, slice)
        .compose(
            rows -> {
              int bytes = found.bytes();
              for (LogRow row : rows) {
                if (bytes >= MAX_BYTES) {
                  break;
                }
                found.entries().addFirst(row.entry());
                bytes += row.entry().bodySize();
              }
              Found now = new Found(found.entries(), bytes);
              return read(conversationId, from, to - slice, now);
            });
  }

  private Future<Scanned> state(
      Entry newest, long end, Found found, Map<String, Receipt> receipts) {
    String conversationId = newest.conversationId();
    Receipt own = receiptOf(userId, receipts, end);
    return lastEntry(newest, end, found)
        .compose(
            last ->
                unread(conversationId, end, own.readUpto(), found)
                    .map(
                        counted ->
                            new Scanned(
                                new SyncedConversation(
                                    conversationId,
                                    Ids.peer(conversationId, userId),
                                    end,
                                    last.storedAt(),
                                    counted.unread(),
                                    own.readUpto(),
                                    own.deliveredUpto(),
                                    ofOthers(conversationId, receipts, end)),
                                List.copyOf(found.entries()),
                                found.bytes(),
                                counted.headersRead())));
  }

  private Future<Entry> lastEntry(Entry newest, long end, Found found) {
    if (newest.seq() == end) {
      return Future.succeededFuture(newest);
    }
    return found.entries().isEmpty()
        ? reader
            .readHeadersDescending(newest.conversationId(), end, 1)
            .map(rows -> rows.get(0).entry())
        : Future.succeededFuture(found.entries().getLast());
  }

  /** Those among the entries found are counted here; only older ones need reading. */
  private Future<Counted> unread(String conversationId, long end, long readUpto, Found found) {
    int known = 0;
    for (Entry entry : found.entries()) {
      boolean counts =
          entry.seq() > readUpto && UnreadCounter.isUnread(entry.kind(), entry.senderId(), userId);
      known += counts ? 1 : 0;
    }
    long oldest = found.entries().isEmpty() ? end + 1 : found.entries().getFirst().seq();
    return counter.count(conversationId, userId, readUpto + 1, oldest - 1, new Counted(known, 0));
  }

  private List<Receipt> ofOthers(String conversationId, Map<String, Receipt> receipts, long end) {
    String peer = Ids.peer(conversationId, userId);
    return peer == null || peer.equals(userId)
        ? List.of()
        : List.of(receiptOf(peer, receipts, end));
  }

  /** Receipts were read before or after the end was; none is shown above it. */
  private static Receipt receiptOf(String userId, Map<String, Receipt> receipts, long end) {
    Receipt stored = receipts.get(userId);
    return stored == null
        ? new Receipt(userId, 0, 0)
        : new Receipt(
            userId, Math.min(end, stored.deliveredUpto()), Math.min(end, stored.readUpto()));
  }
}
