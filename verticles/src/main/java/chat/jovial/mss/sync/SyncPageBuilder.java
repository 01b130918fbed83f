package chat.jovial.mss.sync;

import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mss.SyncPage;
import chat.jovial.contract.mss.SyncedConversation;
import chat.jovial.mss.members.ConversationActivity;
import chat.jovial.mss.sync.ConversationScan.Scanned;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Builder of a page of a sync. It adds conversations whole, and asks for no more at a time than
 * surely fit, so that nothing is read in vain. A page has at most about {@link #MAX_BYTES} of
 * bodies, and not much else.
 */
final class SyncPageBuilder {
  /** Conversations read at the same time for one page. */
  private static final int PARALLEL = 8;

  private static final int MAX_CONVERSATIONS = 100;

  /** Entries of one conversation: what a screen shows; older ones are read when they are wanted. */
  private static final int MAX_ENTRIES_OF_CONVERSATION = 50;

  /** Bytes of bodies, not counting the last body of each conversation. */
  static final int MAX_BYTES = 8 * ConversationScan.MAX_BYTES;

  /** Headers read for unread counts, so that a page takes a second rather than a minute. */
  private static final int MAX_HEADERS = 50_000;

  private static final Comparator<Scanned> NEWEST_FIRST =
      Comparator.<Scanned, java.time.Instant>comparing(scanned -> scanned.state().lastStoredAt())
          .reversed();

  private final SyncRun run;
  private final String storeId;
  private final int maxEntries;
  private final List<Scanned> conversations = new ArrayList<>();
  private int entries;
  private int bytes;
  private int headersRead;

  SyncPageBuilder(SyncRun run, String storeId, int maxEntries) {
    this.run = run;
    this.storeId = storeId;
    this.maxEntries = maxEntries;
  }

  int maxEntriesOfConversation() {
    return Math.min(maxEntries, MAX_ENTRIES_OF_CONVERSATION);
  }

  /** How many conversations can be added now, however full each is; 0 means that it is full. */
  int room() {
    if (conversations.isEmpty()) {
      return Math.min(PARALLEL, maxEntries / maxEntriesOfConversation());
    }
    if (headersRead >= MAX_HEADERS) {
      return 0;
    }
    int byCount = Math.min(PARALLEL, MAX_CONVERSATIONS - conversations.size());
    int byEntries = (maxEntries - entries) / maxEntriesOfConversation();
    int byBytes = (MAX_BYTES - bytes) / ConversationScan.MAX_BYTES;
    return Math.max(0, Math.min(byCount, Math.min(byEntries, byBytes)));
  }

  void add(Scanned scanned) {
    conversations.add(scanned);
    entries += scanned.entries().size();
    bytes += scanned.bytes();
    headersRead += scanned.headersRead();
  }

  /** The last page of the run. */
  SyncPage buildLast() {
    return page(run.cursor(), false);
  }

  /** The page, with more to come after that conversation. */
  SyncPage buildWithMoreAfter(ConversationActivity last) {
    return page(run.behind(last), true);
  }

  private SyncPage page(SyncCursor cursor, boolean more) {
    // Activity is recorded once a day, so within a page the newest entries give a better order.
    conversations.sort(NEWEST_FIRST);
    List<SyncedConversation> states = new ArrayList<>(conversations.size());
    List<Entry> all = new ArrayList<>(entries);
    for (Scanned scanned : conversations) {
      states.add(scanned.state());
      all.addAll(scanned.entries());
    }
    return new SyncPage(states, all, cursor.text(), more, storeId);
  }
}
