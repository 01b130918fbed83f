package chat.jovial.mss;

import chat.jovial.access.Memberships;
import chat.jovial.cassandra.CassandraStore;
import chat.jovial.cassandra.PreparedSet;
import chat.jovial.cassandra.StoreIdentity;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.keys.DataKeys;
import chat.jovial.mss.log.BodyCipher;
import chat.jovial.mss.log.BodyRemover;
import chat.jovial.mss.log.CommittedSeqClient;
import chat.jovial.mss.log.HiddenRanges;
import chat.jovial.mss.log.LogReader;
import chat.jovial.mss.log.LogTables;
import chat.jovial.mss.log.LogWriter;
import chat.jovial.mss.log.ModifierIndex;
import chat.jovial.mss.log.NewestEntries;
import chat.jovial.mss.log.SendFinder;
import chat.jovial.mss.log.TailReader;
import chat.jovial.mss.log.TargetReader;
import chat.jovial.mss.members.MemberConversations;
import chat.jovial.mss.members.MemberStatement;
import chat.jovial.mss.members.ReceiptStore;
import chat.jovial.mss.read.HistoryReader;
import chat.jovial.mss.read.ModifierJoiner;
import chat.jovial.mss.read.Timeline;
import chat.jovial.mss.sync.SyncReader;
import chat.jovial.mss.sync.UnreadCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.Clock;

/** Parts of the Message Storage System, wired together. */
final class Mss {
  final DataKeys keys;
  final LogReader reader;
  final LogWriter writer;
  final TailReader tails;
  final SendFinder sends;
  final TargetReader targets;
  final ModifierIndex modifiers;
  final BodyRemover remover;
  final HiddenRanges hiddenRanges;
  final MemberConversations conversations;
  final ReceiptStore receipts;
  final HistoryReader histories;
  final Timeline timeline;
  final SyncReader sync;
  final PerUserReads pageReads;
  final PerUserReads syncReads;

  private Mss(
      LogTables tables,
      MemberConversations conversations,
      ReceiptStore receipts,
      DataKeys keys,
      ServiceClient services,
      PageLimiters limiters,
      StoreIdentity identity,
      MeterRegistry metrics,
      Clock clock) {
    this.keys = keys;
    this.conversations = conversations;
    this.receipts = receipts;
    this.pageReads = new PerUserReads(limiters.pages(), metrics, clock);
    this.syncReads = new PerUserReads(limiters.syncs(), metrics, clock);
    BodyCipher cipher = new BodyCipher(keys);
    reader = new LogReader(tables, cipher);
    writer = new LogWriter(tables, cipher, clock);
    tails = new TailReader(reader);
    sends = new SendFinder(tables, reader);
    modifiers = new ModifierIndex(tables);
    targets = new TargetReader(reader, modifiers);
    remover = new BodyRemover(tables);
    hiddenRanges = new HiddenRanges(tables, clock);
    Memberships memberships = new Memberships();
    NewestEntries newest = new NewestEntries(reader);
    CommittedSeqClient committedSeqs = new CommittedSeqClient(newest, services);
    histories =
        new HistoryReader(
            reader,
            committedSeqs,
            new ModifierJoiner(reader, modifiers, committedSeqs),
            memberships);
    timeline = new Timeline(reader, committedSeqs, conversations, memberships);
    sync =
        new SyncReader(
            reader,
            newest,
            committedSeqs,
            conversations,
            receipts,
            new UnreadCounter(tables),
            memberships,
            identity,
            clock);
  }

  /** Prepares all statements, and fails if the store refuses one. */
  static Future<Mss> prepare(
      CassandraStore store,
      DataKeys keys,
      ServiceClient services,
      PageLimiters limiters,
      MeterRegistry metrics,
      Clock clock) {
    Future<LogTables> tables = LogTables.prepare(store);
    Future<PreparedSet<MemberStatement>> members =
        PreparedSet.prepare(store, MemberStatement.class);
    return Future.all(tables, members)
        .map(
            prepared ->
                new Mss(
                    tables.result(),
                    new MemberConversations(store.client(), members.result()),
                    new ReceiptStore(store.client(), members.result(), metrics),
                    keys,
                    services,
                    limiters,
                    new StoreIdentity(store, clock),
                    metrics,
                    clock));
  }
}
