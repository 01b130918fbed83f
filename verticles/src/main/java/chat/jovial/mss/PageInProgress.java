package chat.jovial.mss;

import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mss.SyncPage;
import chat.jovial.contract.mss.SyncedConversation;
import chat.jovial.mss.ConversationScan.Scanned;
import chat.jovial.mss.MemberConversations.Touched;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A page of a sync that is being filled. It takes conversations whole, and asks for no more at a
 * time than surely fit, so that nothing is read in vain. A page holds at most about {@link
 * #MAX_BYTES} of bodies, and not much else.
 */
final class PageInProgress {
  /** Conversations read at the same time for one page. */
  private static final int PARALLEL = 8;

  private static final int MAX_CONVERSATIONS = 100;

  /** Entries of one conversation: what a screen shows; older ones are read when they are wanted. */
  private static final int MAX_ENTRIES_OF_CONVERSATION = 50;

  /** Bytes of bodies, give or take the last body of each conversation. */
  static final int MAX_BYTES = 8 * ConversationScan.MAX_BYTES;

  /** Headers read for unread counts, so that a page takes a second rather than a minute. */
  private static final int MAX_LOOKED_AT = 50_000;

  private static final Comparator<Scanned> NEWEST_FIRST =
      Comparator.<Scanned, java.time.Instant>comparing(scanned -> scanned.state().lastStoredAt())
          .reversed();

  private final SyncRun run;
  private final int maxEntries;
  private final List<Scanned> conversations = new ArrayList<>();
  private int entries;
  private int bytes;
  private int lookedAt;

  PageInProgress(SyncRun run, int maxEntries) {
    this.run = run;
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
    if (lookedAt >= MAX_LOOKED_AT) {
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
    lookedAt += scanned.lookedAt();
  }

  /** The page, with nothing behind it. */
  SyncPage last() {
    return page(run.cursor(), false);
  }

  /** The page, behind which there are conversations after that one. */
  SyncPage withMoreAfter(Touched last) {
    return page(run.behind(last), true);
  }

  private SyncPage page(SyncCursor cursor, boolean more) {
    // Notes are made once a day, so within a page the newest entries tell the order better.
    conversations.sort(NEWEST_FIRST);
    List<SyncedConversation> states = new ArrayList<>(conversations.size());
    List<Entry> all = new ArrayList<>(entries);
    for (Scanned scanned : conversations) {
      states.add(scanned.state());
      all.addAll(scanned.entries());
    }
    return new SyncPage(states, all, cursor.text(), more);
  }
}
