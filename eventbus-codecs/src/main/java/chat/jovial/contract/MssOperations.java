package chat.jovial.contract;

import static chat.jovial.contract.Access.USER;
import static chat.jovial.contract.RateClass.NORMAL;

import chat.jovial.contract.mds.ListMessages;
import chat.jovial.contract.mds.MessagePage;
import chat.jovial.contract.mss.CheckKeys;
import chat.jovial.contract.mss.Contacts;
import chat.jovial.contract.mss.CountRange;
import chat.jovial.contract.mss.FindSend;
import chat.jovial.contract.mss.FindTime;
import chat.jovial.contract.mss.FoundSend;
import chat.jovial.contract.mss.FoundTime;
import chat.jovial.contract.mss.HideRange;
import chat.jovial.contract.mss.HistoryPage;
import chat.jovial.contract.mss.IndexModifiers;
import chat.jovial.contract.mss.ListContacts;
import chat.jovial.contract.mss.LogTail;
import chat.jovial.contract.mss.RangeCount;
import chat.jovial.contract.mss.RangeRemoved;
import chat.jovial.contract.mss.ReadHistory;
import chat.jovial.contract.mss.ReadReceipts;
import chat.jovial.contract.mss.ReadTail;
import chat.jovial.contract.mss.ReadTarget;
import chat.jovial.contract.mss.Receipts;
import chat.jovial.contract.mss.RecordActivity;
import chat.jovial.contract.mss.RemoveBodies;
import chat.jovial.contract.mss.RemoveRange;
import chat.jovial.contract.mss.Sync;
import chat.jovial.contract.mss.SyncPage;
import chat.jovial.contract.mss.Target;
import chat.jovial.contract.mss.WriteGroup;
import chat.jovial.contract.mss.WriteReceipts;
import java.util.List;

/** Operations of the Message Storage System: reads of the log, and the writes of its owner. */
public final class MssOperations {
  private static final OperationList OPERATIONS = new OperationList(Service.MSS);

  // ---- What a client may call.

  public static final Operation<ListMessages, MessagePage> RECEIVED =
      OPERATIONS.client(
          "mds.received",
          USER,
          NORMAL,
          ListMessages.class,
          MessagePage.class,
          "Messages from others to the caller over all conversations, newest first.");
  public static final Operation<ListMessages, MessagePage> SENT =
      OPERATIONS.client(
          "mds.sent",
          USER,
          NORMAL,
          ListMessages.class,
          MessagePage.class,
          "The caller's own messages over all conversations, newest first.");
  public static final Operation<ReadHistory, HistoryPage> HISTORY =
      OPERATIONS.client(
          "mss.history",
          USER,
          NORMAL,
          ReadHistory.class,
          HistoryPage.class,
          "Reads a conversation: before or after an entry, from a time on, or its newest entries.");
  public static final Operation<Sync, SyncPage> SYNC =
      OPERATIONS.client(
          "mss.sync",
          USER,
          NORMAL,
          Sync.class,
          SyncPage.class,
          "What is new in all conversations since the last sync: their state, and their newest"
              + " entries.");

  // ---- Between services.

  public static final Operation<ReadTail, LogTail> READ_TAIL =
      OPERATIONS.service("mss.log.tail", ReadTail.class, LogTail.class);
  public static final Operation<WriteGroup, Nothing> WRITE_GROUP =
      OPERATIONS.service("mss.log.write", WriteGroup.class, Nothing.class);
  public static final Operation<FindSend, FoundSend> FIND_SEND =
      OPERATIONS.service("mss.log.send", FindSend.class, FoundSend.class);
  public static final Operation<RecordActivity, Nothing> RECORD_ACTIVITY =
      OPERATIONS.service("mss.log.touch", RecordActivity.class, Nothing.class);
  public static final Operation<ReadTarget, Target> READ_TARGET =
      OPERATIONS.service("mss.log.target", ReadTarget.class, Target.class);
  public static final Operation<IndexModifiers, Nothing> INDEX_MODIFIERS =
      OPERATIONS.service("mss.log.hint", IndexModifiers.class, Nothing.class);
  public static final Operation<RemoveBodies, Nothing> REMOVE_BODIES =
      OPERATIONS.service("mss.log.remove", RemoveBodies.class, Nothing.class);
  public static final Operation<RemoveRange, RangeRemoved> REMOVE_RANGE =
      OPERATIONS.service("mss.log.remove_range", RemoveRange.class, RangeRemoved.class);
  public static final Operation<HideRange, Nothing> HIDE_RANGE =
      OPERATIONS.service("mss.log.hide_range", HideRange.class, Nothing.class);
  public static final Operation<CountRange, RangeCount> COUNT_RANGE =
      OPERATIONS.service("mss.log.count_range", CountRange.class, RangeCount.class);
  public static final Operation<CheckKeys, Nothing> CHECK_KEYS =
      OPERATIONS.service("mss.log.keys", CheckKeys.class, Nothing.class);
  public static final Operation<FindTime, FoundTime> FIND_TIME =
      OPERATIONS.service("mss.log.time", FindTime.class, FoundTime.class);
  public static final Operation<ReadReceipts, Receipts> READ_RECEIPTS =
      OPERATIONS.service("mss.receipts.read", ReadReceipts.class, Receipts.class);
  public static final Operation<WriteReceipts, Nothing> WRITE_RECEIPTS =
      OPERATIONS.service("mss.receipts.write", WriteReceipts.class, Nothing.class);
  public static final Operation<ListContacts, Contacts> CONTACTS =
      OPERATIONS.service("mss.contacts", ListContacts.class, Contacts.class);

  private MssOperations() {}

  static List<Operation<?, ?>> all() {
    return OPERATIONS.all();
  }
}
