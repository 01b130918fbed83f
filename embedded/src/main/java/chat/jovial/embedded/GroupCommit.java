package chat.jovial.embedded;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets concurrent write commands share one commit, and none be answered before its own.
 *
 * <p>A command changes several maps (a document, its unique indexes, a size). A commit in the
 * middle would, after a crash, leave an index entry without its document: a user name that belongs
 * to nobody. So commands hold the gate shared and a commit holds it alone. Whoever finds no commit
 * running commits for all that have been applied by then; those who come meanwhile wait, and one of
 * them commits for the next group.
 *
 * <p>After a failed commit nobody knows what is on the disk: every later call fails too.
 */
final class GroupCommit {
  /** Makes everything applied so far durable; called by one thread at a time. */
  interface Store {
    /** Writes what was applied. No command runs meanwhile. */
    void commit();

    /** Forces to the disk what was committed. Commands run meanwhile. */
    void sync();
  }

  private final Store store;
  private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
  private final ReentrantLock leader = new ReentrantLock();

  /** Write commands applied so far. Counted up under the shared gate, so a commit sees it stand. */
  private final AtomicLong applied = new AtomicLong();

  /** How many of them are durable. Written by the leader. */
  private volatile long durable;

  /** Written by the leader, once. */
  private volatile @Nullable RuntimeException failure;

  GroupCommit(Store store) {
    this.store = store;
  }

  /** Runs the command and returns when it is durable, also what it did before it failed. */
  <T> T write(Supplier<T> command) {
    T result;
    gate.readLock().lock();
    try {
      result = command.get();
    } catch (RuntimeException | Error e) {
      awaitDurable(leaveGate());
      throw e;
    }
    awaitDurable(leaveGate());
    return result;
  }

  /** Runs the query and returns when all that it may have seen is durable. */
  <T> T read(Supplier<T> query) {
    T result = query.get();
    awaitDurable(applied.get());
    return result;
  }

  /** Runs the work while no command and no commit does. */
  void alone(Runnable work) {
    leader.lock();
    gate.writeLock().lock();
    try {
      work.run();
    } finally {
      gate.writeLock().unlock();
      leader.unlock();
    }
  }

  private long leaveGate() {
    long ticket = applied.incrementAndGet();
    gate.readLock().unlock();
    return ticket;
  }

  private void awaitDurable(long ticket) {
    if (durable >= ticket) {
      return;
    }
    leader.lock();
    try {
      if (failure != null) {
        throw new IllegalStateException("An earlier commit failed", failure);
      }
      if (durable < ticket) {
        durable = commit();
      }
    } catch (RuntimeException e) {
      failure = failure == null ? e : failure;
      throw e;
    } finally {
      leader.unlock();
    }
  }

  /** Leader only. */
  private long commit() {
    long upTo;
    gate.writeLock().lock();
    try {
      upTo = applied.get();
      store.commit();
    } finally {
      gate.writeLock().unlock();
    }
    store.sync();
    return upTo;
  }
}
