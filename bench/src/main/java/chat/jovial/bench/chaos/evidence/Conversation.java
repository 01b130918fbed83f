package chat.jovial.bench.chaos.evidence;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/**
 * Record of all that was noted of one conversation. Every method may be called from any thread;
 * what is returned is only to be read when nothing is noted any more.
 *
 * <p>Receipts are judged when they are told. That is exact: whoever holds something notes it before
 * acknowledging it, all in this process.
 */
public final class Conversation {
  /** More would say nothing new, and a broken server may tell thousands. */
  private static final int MAX_FALSE_RECEIPTS = 10_000;

  /** Numbers kept of one false receipt. */
  private static final int MAX_SEQS = 64;

  private final Cast.Pair pair;
  private final Cast cast;
  private final LongSupplier nanoClock;
  private final Map<Integer, List<Message>> messages = new HashMap<>();
  private final Map<Integer, Screen> screens = new HashMap<>();
  private final Map<Integer, BitSet> held = new HashMap<>();
  private final Map<Integer, Long> markedRead = new HashMap<>();
  private final Map<Integer, List<Row>> localStores = new HashMap<>();
  private final Map<Integer, List<Row>> histories = new HashMap<>();
  private final List<FalseReceipt> falseReceipts = new ArrayList<>();
  private List<Row> table = List.of();
  private boolean tableRead;

  Conversation(Cast cast, Cast.Pair pair, LongSupplier nanoClock) {
    this.cast = cast;
    this.nanoClock = nanoClock;
    this.pair = pair;
    for (int device : cast.devicesOf(pair)) {
      messages.put(device, new ArrayList<>());
      screens.put(device, new Screen());
    }
    held.put(pair.first(), new BitSet());
    held.put(pair.second(), new BitSet());
  }

  // While it runs.

  /** A device is told to send the next message. */
  public synchronized Message noteSend(int device, int number, long replyTo) {
    Message message = new Message(MessageKey.of(device, number), replyTo, nanoClock.getAsLong());
    of(messages, device).add(message);
    return message;
  }

  /** A device starts; this is what its local store holds, in the order in which it shows it. */
  public synchronized void noteBegin(int device, List<Row> view) {
    of(screens, device).begin(view, nanoClock.getAsLong());
    view.forEach(row -> of(held, cast.userOf(device)).set((int) row.seq()));
  }

  public synchronized void noteShown(int device, long seq, long key) {
    of(screens, device).show(seq, key, nanoClock.getAsLong());
  }

  /** A device has it in its local store. */
  public synchronized void noteHeld(int device, long seq) {
    of(held, cast.userOf(device)).set((int) seq);
  }

  /** A device says that its user has read up to here; noted before it is said. */
  public synchronized void noteMarkedRead(int device, long upto) {
    markedRead.merge(cast.userOf(device), upto, Math::max);
  }

  /** A device was told how far the reader is. */
  public synchronized void noteReceipt(int device, int reader, long delivered, long read) {
    if (!pair.has(reader) || falseReceipts.size() >= MAX_FALSE_RECEIPTS) {
      return;
    }
    BitSet have = of(held, reader);
    List<Long> missing =
        LongStream.rangeClosed(1, delivered)
            .filter(seq -> !have.get((int) seq))
            .limit(MAX_SEQS)
            .boxed()
            .toList();
    if (!missing.isEmpty()) {
      falseReceipts.add(new FalseReceipt(device, reader, false, delivered, missing));
    }
    long marked = markedRead.getOrDefault(reader, 0L);
    if (read > marked) {
      List<Long> unread = LongStream.rangeClosed(marked + 1, read).limit(MAX_SEQS).boxed().toList();
      falseReceipts.add(new FalseReceipt(device, reader, true, read, unread));
    }
  }

  /** The newest number that a device shows from somebody else; 0 if there is none. */
  public synchronized long newestFromOthers(int device) {
    Screen screen = of(screens, device);
    for (int i = screen.size() - 1; i >= Math.max(0, screen.size() - 10); i--) {
      if (cast.userOf(MessageKey.device(screen.key(i))) != cast.userOf(device)) {
        return screen.seq(i);
      }
    }
    return 0;
  }

  /** Messages of a device of which the sender still waits to hear. */
  public synchronized List<Message> open(int device) {
    return of(messages, device).stream().filter(Message::isOpen).toList();
  }

  public synchronized long highestShown(int device) {
    return of(screens, device).highest();
  }

  // When it is over.

  public synchronized void setLocalStore(int device, List<Row> rows) {
    localStores.put(device, List.copyOf(rows));
  }

  /** What a member reads from the server. */
  public synchronized void setHistory(int user, List<Row> rows) {
    histories.put(user, List.copyOf(rows));
  }

  /** What the store's own tables hold. */
  public synchronized void setTable(List<Row> rows) {
    table = List.copyOf(rows);
    tableRead = true;
  }

  public Cast.Pair pair() {
    return pair;
  }

  public synchronized Map<Integer, List<Message>> messages() {
    return messages;
  }

  public synchronized Map<Integer, Screen> screens() {
    return screens;
  }

  public synchronized Map<Integer, List<Row>> localStores() {
    return localStores;
  }

  public synchronized Map<Integer, List<Row>> histories() {
    return histories;
  }

  public synchronized boolean isTableRead() {
    return tableRead;
  }

  public synchronized List<Row> table() {
    return table;
  }

  public synchronized List<FalseReceipt> falseReceipts() {
    return falseReceipts;
  }

  private static <T> T of(Map<Integer, T> map, int index) {
    T value = map.get(index);
    if (value == null) {
      throw new IllegalArgumentException(index + " has no part in this conversation");
    }
    return value;
  }
}
