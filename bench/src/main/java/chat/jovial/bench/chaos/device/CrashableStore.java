package chat.jovial.bench.chaos.device;

import chat.jovial.client.model.Entry;
import chat.jovial.client.store.ConversationRecord;
import chat.jovial.client.store.OutboxItem;
import chat.jovial.client.store.Range;
import chat.jovial.client.store.Store;
import chat.jovial.client.store.StoreException;
import chat.jovial.client.store.TriggerRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A local store that ends in the middle of its work, as it would with its process: what was not
 * committed is gone, and nothing is read or written any more. It also tells, at each commit, which
 * entries the device holds from then on.
 *
 * <p>Confined to the thread of its client, but for {@link #crashAt} and {@link #open}.
 */
final class CrashableStore implements Store {
  /** The device's own set-up takes microseconds. */
  private static final int OPEN_SECONDS = 30;

  private final Store real;
  private final Consumer<List<Entry>> onHeld;
  private final Runnable onCrash;
  private final Thread maker = Thread.currentThread();
  private final CountDownLatch opened = new CountDownLatch(1);
  private List<Entry> put = new ArrayList<>();
  private boolean queued;
  private boolean settled;
  private boolean dead;
  private volatile @Nullable CrashPoint armed;

  /**
   * @param onHeld is told what a commit has made durable, before anyone else is
   * @param onCrash runs when it has crashed
   */
  CrashableStore(Store real, Consumer<List<Entry>> onHeld, Runnable onCrash) {
    this.real = real;
    this.onHeld = onHeld;
    this.onCrash = onCrash;
  }

  /** Lets the client begin, whose listeners are there now. */
  void open() {
    opened.countDown();
  }

  /** At the next commit that fits; null for none. */
  void crashAt(@Nullable CrashPoint point) {
    armed = point;
  }

  @Override
  public void commit() {
    checkAlive();
    CrashPoint point = armed;
    if ((point == CrashPoint.BEFORE_STORED && settled)
        || (point == CrashPoint.BEFORE_RECEIVED && !put.isEmpty())) {
      throw crash();
    }
    real.commit();
    List<Entry> held = put;
    put = new ArrayList<>();
    if (!held.isEmpty()) {
      onHeld.accept(held);
    }
    if ((point == CrashPoint.AFTER_QUEUED && queued)
        || (point == CrashPoint.AFTER_RECEIVED && !held.isEmpty())) {
      throw crash();
    }
    queued = false;
    settled = false;
  }

  private StoreException crash() {
    dead = true;
    real.close();
    onCrash.run();
    return new StoreException("this device has crashed, as it was told to");
  }

  private Store alive() {
    checkAlive();
    return real;
  }

  private void checkAlive() {
    if (dead) {
      throw new StoreException("this device has crashed");
    }
    if (opened.getCount() > 0 && Thread.currentThread() != maker) {
      try {
        if (!opened.await(OPEN_SECONDS, TimeUnit.SECONDS)) {
          throw new StoreException("this device was never opened");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoreException("interrupted", e);
      }
    }
  }

  @Override
  public void close() {
    if (!dead) {
      dead = true;
      real.close();
    }
  }

  @Override
  public void putEntry(Entry entry) {
    alive().putEntry(entry);
    put.add(entry);
  }

  @Override
  public void putOutbox(OutboxItem item) {
    alive().putOutbox(item);
    queued = true;
  }

  @Override
  public void removeOutbox(long position) {
    alive().removeOutbox(position);
    settled = true;
  }

  @Override
  public boolean durable() {
    return real.durable();
  }

  @Override
  public @Nullable String setting(String name) {
    return alive().setting(name);
  }

  @Override
  public void putSetting(String name, @Nullable String value) {
    alive().putSetting(name, value);
  }

  @Override
  public @Nullable Entry entry(String conversationId, long seq) {
    return alive().entry(conversationId, seq);
  }

  @Override
  public List<Entry> entries(String conversationId, long from, long upto, int limit) {
    return alive().entries(conversationId, from, upto, limit);
  }

  @Override
  public List<Entry> messagesBefore(String conversationId, long before, int limit) {
    return alive().messagesBefore(conversationId, before, limit);
  }

  @Override
  public List<Entry> targeting(String conversationId, long from, long upto) {
    return alive().targeting(conversationId, from, upto);
  }

  @Override
  public List<Range> ranges(String conversationId) {
    return alive().ranges(conversationId);
  }

  @Override
  public int countUnread(String conversationId, long above, String userId) {
    return alive().countUnread(conversationId, above, userId);
  }

  @Override
  public List<Entry> expired(Instant now, int limit) {
    return alive().expired(now, limit);
  }

  @Override
  public @Nullable Instant nextExpiry() {
    return alive().nextExpiry();
  }

  @Override
  public List<ConversationRecord> conversations() {
    return alive().conversations();
  }

  @Override
  public void putConversation(ConversationRecord conversation) {
    alive().putConversation(conversation);
  }

  @Override
  public List<OutboxItem> outbox() {
    return alive().outbox();
  }

  @Override
  public List<TriggerRecord> triggers() {
    return alive().triggers();
  }

  @Override
  public void putTrigger(TriggerRecord trigger) {
    alive().putTrigger(trigger);
  }

  @Override
  public void removeTrigger(String name) {
    alive().removeTrigger(name);
  }

  @Override
  public @Nullable Long triggerPlace(String name, String conversationId) {
    return alive().triggerPlace(name, conversationId);
  }

  @Override
  public void putTriggerPlace(String name, String conversationId, long upto) {
    alive().putTriggerPlace(name, conversationId, upto);
  }

  @Override
  public void putKept(String key, @Nullable String value) {
    alive().putKept(key, value);
  }

  @Override
  public Map<String, String> kept(String prefix) {
    return alive().kept(prefix);
  }
}
