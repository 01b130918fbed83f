package chat.jovial.mds.log;

import chat.jovial.access.Memberships;
import chat.jovial.cluster.Ownership;
import chat.jovial.contract.Caller;
import chat.jovial.contract.Ids;
import chat.jovial.contract.mds.Body;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mds.Push;
import chat.jovial.contract.mds.Receipt;
import chat.jovial.contract.mss.CheckKeys;
import chat.jovial.contract.mss.CountRange;
import chat.jovial.contract.mss.FindSend;
import chat.jovial.contract.mss.FindTime;
import chat.jovial.contract.mss.HideRange;
import chat.jovial.contract.mss.IndexModifiers;
import chat.jovial.contract.mss.LogTail;
import chat.jovial.contract.mss.RangeCount;
import chat.jovial.contract.mss.RangeRemoved;
import chat.jovial.contract.mss.ReadTail;
import chat.jovial.contract.mss.ReadTarget;
import chat.jovial.contract.mss.RecordActivity;
import chat.jovial.contract.mss.RemoveBodies;
import chat.jovial.contract.mss.RemoveRange;
import chat.jovial.contract.mss.Target;
import chat.jovial.contract.mss.WriteGroup;
import chat.jovial.contract.mss.WriteReceipts;
import chat.jovial.mds.idempotency.RecentSends;
import chat.jovial.mds.store.LogReads;
import chat.jovial.mds.store.LogWrites;
import chat.jovial.mds.store.OwnershipTerm;
import chat.jovial.mds.store.RetryingLogWrites;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Surroundings of one part of a log: a store with scripted answers, a time that is moved by hand,
 * and the head of a log as a test sets it. What no part under test asks for fails.
 */
final class ScriptedLog implements LogReads, LogWrites, LogHead, Ownership {
  static final String ALICE = Ids.text(new UUID(0x7000, 0xa));
  static final String BOB = Ids.text(new UUID(0x7000, 0xb));

  final SimulatedTime time = new SimulatedTime();
  final List<Push> published = new ArrayList<>();
  final List<WriteReceipts> receiptWrites = new ArrayList<>();
  final Map<Long, Future<Target>> targets = new HashMap<>();
  final List<Long> targetsRead = new ArrayList<>();
  Future<List<Receipt>> storedReceipts = Future.succeededFuture(List.of());
  Future<Void> receiptWriteReply = Future.succeededFuture();
  Future<Optional<Entry>> storedSend = Future.succeededFuture(Optional.empty());
  Future<Boolean> peerExists = Future.succeededFuture(true);
  Future<Void> keys = Future.succeededFuture();
  int keyChecks;
  long committedSeq = 100;
  long claim = 7;

  LogContext context() {
    return contextOf(Ids.directConversation(ALICE, BOB));
  }

  LogContext contextOf(String conversationId) {
    OwnershipTerm term = OwnershipTerm.begin(this, 1);
    return new LogContext(
        conversationId,
        term,
        this,
        new RetryingLogWrites(this, term, time::timer),
        published::add,
        new Memberships(),
        new LogLimits(64 * 1024, 4),
        time,
        time::timer);
  }

  static Draft message(String from, String clientId) {
    return new Draft(user(from), clientId, Kind.MESSAGE, text(), null, null, null);
  }

  static Draft change(String from, String kind, long target) {
    Body body = kind.equals(Kind.REDACTION) ? null : text();
    return new Draft(user(from), kind + target, kind, body, null, target, null);
  }

  static Caller user(String userId) {
    return Caller.user("app", userId, "device", "session", "connection", null);
  }

  static Body text() {
    return Body.ofStored("{\"type\":\"text\",\"text\":\"Hi\"}");
  }

  PendingSend send(Draft draft) {
    return new PendingSend(draft, draft.bytes(), time.instant(), () -> {});
  }

  Entry entry(long seq, String from, String kind, @Nullable Body body) {
    return new Entry(
        context().conversationId(),
        seq,
        from,
        from.equals(ALICE) ? BOB : ALICE,
        "device",
        "c" + seq,
        time.instant(),
        time.instant(),
        kind,
        body,
        null,
        null,
        null,
        null);
  }

  @Override
  public long committedSeq() {
    return committedSeq;
  }

  @Override
  public long newestBucket() {
    return 0;
  }

  @Override
  public RecentSends recentSends() {
    return new RecentSends(time.instant());
  }

  @Override
  public long claim(int shard) {
    return claim;
  }

  @Override
  public long epoch(int shard) {
    return claim;
  }

  @Override
  public void advanceEpoch(int shard) {}

  @Override
  public Future<Optional<Entry>> findSend(FindSend request) {
    return storedSend;
  }

  @Override
  public Future<Target> readTarget(ReadTarget request) {
    targetsRead.add(request.target());
    return targets.getOrDefault(
        request.target(), Future.succeededFuture(new Target(null, List.of(), null)));
  }

  @Override
  public Future<Void> checkKeys(CheckKeys request) {
    keyChecks++;
    return keys;
  }

  @Override
  public Future<List<Receipt>> readReceipts(String conversationId) {
    return storedReceipts;
  }

  @Override
  public Future<Boolean> userExists(String appId, String userId) {
    return peerExists;
  }

  @Override
  public Future<Void> writeReceipts(WriteReceipts receipts) {
    receiptWrites.add(receipts);
    return receiptWriteReply;
  }

  @Override
  public Future<Void> recordActivity(RecordActivity activity) {
    return Future.succeededFuture();
  }

  @Override
  public Future<LogTail> readTail(ReadTail request) {
    return unscripted();
  }

  @Override
  public Future<Long> findTime(FindTime request) {
    return unscripted();
  }

  @Override
  public Future<RangeCount> countRange(CountRange request) {
    return unscripted();
  }

  @Override
  public Future<Void> writeGroup(WriteGroup group) {
    return unscripted();
  }

  @Override
  public Future<Void> indexModifiers(IndexModifiers modifiers) {
    return unscripted();
  }

  @Override
  public Future<Void> removeBodies(RemoveBodies removal) {
    return unscripted();
  }

  @Override
  public Future<RangeRemoved> removeRange(RemoveRange removal) {
    return unscripted();
  }

  @Override
  public Future<Void> hideRange(HideRange request) {
    return unscripted();
  }

  private static <T> Future<T> unscripted() {
    return Future.failedFuture(new AssertionError("not scripted"));
  }
}
