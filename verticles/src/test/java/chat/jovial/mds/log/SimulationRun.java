package chat.jovial.mds.log;

import chat.jovial.access.Memberships;
import chat.jovial.cluster.Ownership;
import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.mds.Ack;
import chat.jovial.contract.mds.Body;
import chat.jovial.contract.mds.Edit;
import chat.jovial.contract.mds.Push;
import chat.jovial.contract.mds.React;
import chat.jovial.contract.mds.Redact;
import chat.jovial.contract.mds.Stored;
import chat.jovial.mds.log.SimulatedStore.Fault;
import chat.jovial.mds.store.OwnershipTerm;
import chat.jovial.mds.store.RetryingLogWrites;
import chat.jovial.messages.LogNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One history of a conversation; the same seed gives the same one. Clients repeat what was not
 * settled, owners are replaced at any moment while their writes are still on the way.
 */
final class SimulationRun {
  private static final int MESSAGES = 16;
  private static final int EDITS = 6;
  private static final int REDACTIONS = 5;
  private static final int REACTIONS = 2;
  private static final int RECEIPTS = 8;
  private static final int MAX_DELETIONS = 4;

  /** In half of the runs some ranges are short and some long; in the others all are long. */
  private static final int MAX_REMOVED_AT_ONCE = 4;

  private static final int OWNERS = 4;

  /** Between two claims, as the cluster makes them: microseconds. */
  private static final long CLAIM_STEP = 1L << 20;

  /** In which most things are asked for the first time, milliseconds. */
  private static final int HORIZON = 500;

  /** For which readers look again and again at what was deleted, milliseconds. */
  private static final int WATCHED = 600;

  private final Random random;
  private final SimulatedTime time = new SimulatedTime();
  private final SimulatedStore store;
  private final String ann = Ids.text(new UUID(0, 1));
  private final String bob = Ids.text(new UUID(0, 2));
  private final String conversation = Ids.directConversation(ann, bob);
  private final SimulationTruth truth = new SimulationTruth();
  private final Map<Integer, Long> seqByMessage = new HashMap<>();
  private final int maxRemovedAtOnce;
  private @Nullable Owner owner;

  /** What was asked for and has no final answer yet. */
  private final Set<String> open = new TreeSet<>();

  SimulationRun(int seed, Fault fault) {
    random = new Random(seed);
    store = new SimulatedStore(time, random, fault);
    maxRemovedAtOnce = random.nextBoolean() ? 0 : MAX_REMOVED_AT_ONCE;
  }

  Optional<String> violation() {
    for (int k = 0; k < OWNERS; k++) {
      long claim = time.instant().toEpochMilli() * 1000 + k * CLAIM_STEP;
      time.later(k == 0 ? 0 : k * 120L + random.nextInt(120), () -> replaceOwner(claim));
    }
    for (int i = 0; i < MESSAGES; i++) {
      int number = i;
      String id = "message-" + i;
      plan(id, () -> send(number, id));
    }
    for (int i = 0; i < EDITS; i++) {
      String id = "edit-" + i;
      plan(id, () -> withTarget(target -> edit(id, target)));
    }
    for (int i = 0; i < REDACTIONS; i++) {
      String id = "redaction-" + i;
      plan(id, () -> withTarget(target -> redact(id, target)));
    }
    for (int i = 0; i < REACTIONS; i++) {
      String id = "reaction-" + i;
      plan(id, () -> withTarget(target -> react(id, target)));
    }
    for (int i = 0; i < RECEIPTS; i++) {
      boolean tooHigh = i % 4 == 3;
      String id = "receipt-" + i;
      plan(id, () -> withTarget(seq -> ack(id, tooHigh ? seq + 100 : seq, tooHigh)));
    }
    int deletions = random.nextInt(2) == 0 ? MAX_DELETIONS : 0;
    for (int i = 0; i < deletions; i++) {
      String id = "deletion-" + i;
      plan(id, () -> deleteFrom(id));
    }
    try {
      time.run();
      // Somebody reads, so that the last owner finds what the one before has left.
      plan("reading", () -> request("reading", () -> log().committedSeq()));
      time.run();
    } catch (IllegalStateException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
    if (!open.isEmpty()) {
      return Optional.of(open + " never got an answer");
    }
    return truth.check(store.replicas);
  }

  private void plan(String id, Runnable request) {
    open.add(id);
    time.later(random.nextInt(HORIZON), request);
  }

  private void replaceOwner(long claim) {
    if (owner != null) {
      owner.lost = true;
    }
    owner = new Owner(claim);
  }

  private void send(int number, String id) {
    request(
        id,
        () ->
            log()
                .append(Draft.of(LogNode.user(ann), id, LogNode.message(bob, id, id)))
                .map(stored -> handleStored(number, id, stored)));
  }

  private Object handleStored(int number, String id, Stored stored) {
    seqByMessage.put(number, stored.seq());
    truth.stored(id, stored.seq());
    return id;
  }

  private void edit(String id, long target) {
    Body body = Body.of(JsonNodeFactory.instance.objectNode().put("type", "text").put("text", id));
    take(id, Draft.of(LogNode.user(ann), id, new Edit(conversation, target, id, null, body)));
  }

  private void react(String id, long target) {
    take(
        id, Draft.of(LogNode.user(bob), id, new React(conversation, target, id, null, "+1", null)));
  }

  private void redact(String id, long target) {
    Draft draft = Draft.of(LogNode.user(ann), id, new Redact(conversation, target, id, null));
    request(
        id,
        () ->
            log()
                .append(draft)
                .map(
                    stored -> {
                      truth.stored(id, stored.seq());
                      truth.redacted(target);
                      return id;
                    }));
  }

  private void take(String id, Draft draft) {
    request(
        id,
        () ->
            log()
                .append(draft)
                .map(
                    stored -> {
                      truth.stored(id, stored.seq());
                      return id;
                    }));
  }

  private void ack(String id, long seq, boolean tooHigh) {
    boolean read = random.nextBoolean();
    Ack ack = new Ack(conversation, read ? null : (Long) seq, read ? (Long) seq : null);
    request(
        id,
        () ->
            log()
                .acknowledge(bob, ack)
                .map(
                    done -> {
                      truth.acknowledged(seq, read, tooHigh);
                      return seq;
                    }));
  }

  private void deleteFrom(String id) {
    Instant from = time.instant().minusMillis(random.nextInt(200));
    request(
        id,
        () ->
            log()
                .deleteFrom(LogNode.user(bob), from)
                .map(
                    deleted -> {
                      truth.deleted(deleted.deleted() > 0);
                      watchRanges();
                      return from;
                    }));
  }

  /** From the answer on, at any time. */
  private void watchRanges() {
    for (int millis = 0; millis < WATCHED; millis += 60) {
      time.later(millis, () -> truth.checkRangesAreHidden(store.replicas));
    }
  }

  /** Repeats a request until it has an answer that will not change; now and then once more. */
  private void request(String id, Supplier<Future<?>> attempt) {
    if (owner == null) {
      time.later(10, () -> request(id, attempt));
      return;
    }
    boolean answerLost = random.nextInt(8) == 0;
    attempt
        .get()
        .onComplete(
            done -> {
              boolean again = answerLost || (done.failed() && isWorthRepeating(done.cause()));
              if (again) {
                time.later(random.nextInt(80), () -> request(id, attempt));
              } else if (random.nextInt(4) == 0) {
                time.later(random.nextInt(300), () -> request(id, attempt));
              } else {
                open.remove(id);
              }
            });
  }

  /** What the simulated store fails with is no error of the contract. */
  private static boolean isWorthRepeating(Throwable failure) {
    return !(failure instanceof JovialException known) || known.code() == ErrorCode.TRY_AGAIN;
  }

  /** Does something to a message whose sender saw it stored. */
  private void withTarget(LongConsumer action) {
    if (seqByMessage.isEmpty()) {
      time.later(20, () -> withTarget(action));
      return;
    }
    List<Long> seqs = new ArrayList<>(seqByMessage.values());
    // Few targets, so that what is done to them meets.
    action.accept(seqs.get(random.nextInt(Math.min(3, seqs.size()))));
  }

  private ConversationLog log() {
    Owner present = owner;
    if (present == null) {
      throw new IllegalStateException("nobody owns the conversation yet");
    }
    return present.log();
  }

  private void publish(Push push) {
    List<String> events = push.events() == null ? List.of() : push.events();
    for (String json : events) {
      JsonObject event = new JsonObject(json);
      truth.receiptPublished(event.getLong("delivered_upto"), event.getLong("read_upto"));
    }
  }

  /** A process that owns the conversation until it is replaced. */
  private final class Owner implements Ownership {
    private final long claim;
    private long lostLogs;
    private boolean lost;
    private @Nullable ConversationLog log;

    Owner(long claim) {
      this.claim = claim;
    }

    @Override
    public long claim(int shard) {
      return lost ? NOT_OWNED : claim;
    }

    @Override
    public long epoch(int shard) {
      return claim + lostLogs;
    }

    @Override
    public void advanceEpoch(int shard) {
      lostLogs++;
    }

    ConversationLog log() {
      // Now and then a log is lost in mid-work, as when its code fails.
      if (log != null && random.nextInt(40) == 0) {
        log.close();
      }
      if (log == null || !log.isOwner()) {
        OwnershipTerm term = OwnershipTerm.begin(this, 0);
        LogContext context =
            new LogContext(
                conversation,
                term,
                store,
                new RetryingLogWrites(store, term, time::timer),
                SimulationRun.this::publish,
                new Memberships(),
                new LogLimits(64 * 1024, maxRemovedAtOnce),
                time,
                time::timer);
        log = new ConversationLog(context, closed -> {});
      }
      return log;
    }
  }
}
