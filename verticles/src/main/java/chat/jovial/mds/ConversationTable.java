package chat.jovial.mds;

import chat.jovial.cluster.Ownership;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Shards;
import chat.jovial.mds.log.ConversationLog;
import chat.jovial.mds.log.LogContext;
import chat.jovial.mds.store.OwnershipTerm;
import chat.jovial.mds.store.Timer;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Table of the conversations that one MDS verticle has in memory, the longest unused first. */
final class ConversationTable {
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** How often logs are checked that must come to an end. */
  private static final Duration FINISH_CHECK = Duration.ofMillis(5);

  /** Logs checked when room is needed; the rest are newer still. */
  private static final int EVICTION_TRIES = 64;

  private final Map<String, ConversationLog> logs = new LinkedHashMap<>(64, 0.75f, true);
  private final Ownership ownership;
  private final LogContext.Factory contexts;
  private final MdsConfig config;
  private final Clock clock;

  ConversationTable(
      Ownership ownership, LogContext.Factory contexts, MdsConfig config, Clock clock) {
    this.ownership = ownership;
    this.contexts = contexts;
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
    OwnershipTerm term = OwnershipTerm.begin(ownership, shard);
    if (!term.isValid()) {
      // The log stays in memory: a lease that has only lapsed may be renewed, and then nobody else
      // has been the owner in between.
      throw JovialException.notOwner("this conversation has no owner at the moment", true);
    }
    if (log != null) {
      log.close();
    }
    return open(conversationId, term);
  }

  int size() {
    return logs.size();
  }

  /** Closes those that nobody has used for a while. */
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
   * Waits until nothing is in progress in these shards, then closes their logs; all of them when
   * the limit is reached.
   */
  Future<Void> finish(BitSet shards, Duration limit, Timer timer) {
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
            .after(FINISH_CHECK)
            .compose(waited -> finish(shards, limit.minus(FINISH_CHECK), timer))
        : Future.succeededFuture();
  }

  void closeAll() {
    List.copyOf(logs.values()).forEach(ConversationLog::close);
  }

  private ConversationLog open(String conversationId, OwnershipTerm term) {
    if (logs.size() >= config.maxActive()) {
      makeRoom();
    }
    ConversationLog log = new ConversationLog(contexts.create(conversationId, term), this::remove);
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
