package chat.jovial.mds;

import chat.jovial.cluster.Ownership;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Shards;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The conversations that one MDS verticle has in memory, the longest unused first. */
final class ConversationTable {
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** How often those that must come to an end are looked at. */
  private static final Duration FINISH_CHECK = Duration.ofMillis(5);

  /** Looked at when room is needed; the rest are newer still. */
  private static final int EVICTION_TRIES = 64;

  private final Map<String, ConversationLog> logs = new LinkedHashMap<>(64, 0.75f, true);
  private final Ownership ownership;
  private final LogStore store;
  private final Persistence persistence;
  private final Teller teller;
  private final MdsConfig config;
  private final Clock clock;

  ConversationTable(
      Ownership ownership,
      LogStore store,
      Persistence persistence,
      Teller teller,
      MdsConfig config,
      Clock clock) {
    this.ownership = ownership;
    this.store = store;
    this.persistence = persistence;
    this.teller = teller;
    this.config = config;
    this.clock = clock;
  }

  /** The log, if this process owns it now; made if it is not in memory. */
  ConversationLog get(String conversationId) {
    int shard = Shards.of(conversationId);
    if (ownership.isLeaving(shard)) {
      throw JovialException.notOwner("this conversation is changing hands", true);
    }
    ConversationLog log = logs.get(conversationId);
    if (log != null && log.isOwner()) {
      return log;
    }
    Tenure tenure = Tenure.begin(ownership, shard);
    if (!tenure.lasts()) {
      // The log stays in memory: a lease that has only lapsed may be renewed, and then nobody else
      // has been the owner in between.
      throw JovialException.notOwner("this conversation has no owner at the moment", true);
    }
    if (log != null) {
      log.close();
    }
    return open(conversationId, tenure);
  }

  int size() {
    return logs.size();
  }

  /** Lets go of those that nobody has used for a while. */
  void evictIdle() {
    Instant before = clock.instant().minus(config.idleAfter());
    // A copy, for closing removes; the first that is too young ends it.
    for (ConversationLog log : List.copyOf(logs.values())) {
      if (!log.isIdleSince(before)) {
        return;
      }
      log.close();
    }
  }

  /**
   * Waits until nothing is under way in these shards, then lets go of their logs; of all of them
   * when the limit is reached.
   *
   * @param timer completes after that time, on this event loop
   */
  Future<Void> finish(BitSet shards, Duration limit, Function<Duration, Future<?>> timer) {
    boolean busy = false;
    for (ConversationLog log : List.copyOf(logs.values())) {
      if (!shards.get(Shards.of(log.conversationId()))) {
        continue;
      }
      if (log.isQuiet() || limit.isNegative()) {
        log.close();
      } else {
        busy = true;
      }
    }
    return busy
        ? timer
            .apply(FINISH_CHECK)
            .compose(waited -> finish(shards, limit.minus(FINISH_CHECK), timer))
        : Future.succeededFuture();
  }

  void closeAll() {
    List.copyOf(logs.values()).forEach(ConversationLog::close);
  }

  private ConversationLog open(String conversationId, Tenure tenure) {
    if (logs.size() >= config.maxActive()) {
      makeRoom();
    }
    ConversationLog log =
        new ConversationLog(
            conversationId, tenure, store, persistence, teller, config, clock, this::remove);
    logs.put(conversationId, log);
    return log;
  }

  private void makeRoom() {
    Iterator<ConversationLog> oldest = List.copyOf(logs.values()).iterator();
    for (int i = 0; i < EVICTION_TRIES && oldest.hasNext(); i++) {
      ConversationLog log = oldest.next();
      if (log.isIdleSince(Instant.MAX)) {
        log.close();
        return;
      }
    }
    throw JovialException.tryAgain("too many conversations are busy at once", RETRY);
  }

  private void remove(ConversationLog log) {
    logs.remove(log.conversationId(), log);
  }
}
