package chat.jovial.bench.chaos.device;

import chat.jovial.bench.chaos.evidence.Cast;
import chat.jovial.bench.chaos.evidence.Conversation;
import chat.jovial.bench.chaos.evidence.Evidence;
import chat.jovial.bench.chaos.evidence.Message;
import chat.jovial.bench.chaos.evidence.MessageKey;
import chat.jovial.bench.chaos.evidence.Row;
import chat.jovial.bench.chaos.proxy.Route;
import chat.jovial.client.ClientConfig;
import chat.jovial.client.ClientThreads;
import chat.jovial.client.JovialClient;
import chat.jovial.client.model.Body;
import chat.jovial.client.model.Connection;
import chat.jovial.client.model.Entry;
import chat.jovial.client.model.Event;
import chat.jovial.client.model.JovialException;
import chat.jovial.client.model.Outgoing;
import chat.jovial.client.model.SendOptions;
import chat.jovial.client.model.Stored;
import chat.jovial.client.model.Tokens;
import chat.jovial.client.store.ConversationRecord;
import chat.jovial.client.store.SqliteStore;
import chat.jovial.client.store.Store;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A device of a user on the Java kit: sends, shows, acknowledges, crashes and starts again, and
 * notes all of it. Starting, sending and stopping are for one thread; {@link #crashAt} for any.
 */
public final class KitDevice {
  /** So many messages of a conversation wait on a device at most; more is not sent then. */
  private static final int MAX_WAITING = 10;

  /** Entries read from the local store at once. */
  private static final int PAGE = 1000;

  /** Each so many messages a person looks. */
  private static final int READS_EACH = 3;

  /** Failures of a send that say nothing of the message: the client ended. */
  private static final Set<String> ENDED =
      Set.of(JovialException.ENDED, JovialException.CLOSED, JovialException.STORAGE);

  private static final String FILLER = "x".repeat(80);

  private final DeviceSetup setup;
  private final Evidence evidence;
  private final ClientThreads threads;
  private final Consumer<KitDevice> onCrash;
  private final List<Integer> conversations;
  private final Map<String, Integer> byId = new HashMap<>();

  /** Messages that wait for `stored`, by conversation; the kit's threads and the sender's. */
  private final Map<Integer, Map<Long, Message>> waiting = new ConcurrentHashMap<>();

  private final Map<Long, String> clientIds = new ConcurrentHashMap<>();
  private int nextNumber;
  private volatile int life;
  private volatile @Nullable JovialClient client;
  private volatile @Nullable CrashableStore store;
  private @Nullable CompletableFuture<Void> synced;

  /**
   * @param onCrash is told, on one of the kit's threads, that it has crashed
   */
  public KitDevice(
      DeviceSetup setup, Evidence evidence, ClientThreads threads, Consumer<KitDevice> onCrash) {
    this.setup = setup;
    this.evidence = evidence;
    this.threads = threads;
    this.onCrash = onCrash;
    Cast cast = evidence.cast();
    conversations = cast.conversationsOf(cast.userOf(setup.index()));
    for (int index : conversations) {
      byId.put(cast.pairs().get(index).conversationId(), index);
      waiting.put(index, new ConcurrentHashMap<>());
    }
  }

  public int index() {
    return setup.index();
  }

  /** Indexes of its conversations. */
  public List<Integer> conversations() {
    return conversations;
  }

  public boolean isRunning() {
    return client != null;
  }

  /** Which node it is connected to, by the newest of its connections. */
  public OptionalInt node() {
    List<Route> routes = setup.routes();
    return IntStream.range(0, routes.size())
        .filter(i -> routes.get(i).isUsed())
        .reduce(
            (a, b) -> routes.get(a).lastOpenedNanos() > routes.get(b).lastOpenedNanos() ? a : b);
  }

  /** Begins a life. */
  public void start(Clock clock) {
    life++;
    Store real = SqliteStore.open(setup.folder());
    for (int index : conversations) {
      evidence.conversation(index).noteBegin(index(), view(real, index));
    }
    CrashableStore crashable = new CrashableStore(real, this::handleHeld, this::handleCrash);
    store = crashable;
    ClientConfig.Builder config =
        ClientConfig.builder()
            .tokens(Tokens.of(setup.userToken(), null))
            .store(crashable)
            .threads(threads)
            .timeouts(KitTimes.CONNECT, KitTimes.REPLY)
            .ping(KitTimes.PING, KitTimes.PONG)
            .backoff(KitTimes.FIRST_WAIT, KitTimes.LONGEST_WAIT)
            .syncInterval(KitTimes.SYNC)
            .ackDelay(KitTimes.ACKNOWLEDGE)
            .clock(clock);
    setup.routes().forEach(route -> config.endpoint("127.0.0.1", route.port()));
    JovialClient begun = JovialClient.connect(config.build());
    begun.on(Event.ENTRY, entry -> handleEntry(begun, entry));
    begun.on(
        Event.RECEIPT,
        receipt -> {
          Integer index = byId.get(receipt.conversationId());
          int reader = evidence.cast().userIds().indexOf(receipt.userId());
          if (index != null && reader >= 0) {
            evidence
                .conversation(index)
                .noteReceipt(index(), reader, receipt.deliveredUpto(), receipt.readUpto());
          }
        });
    begun.on(
        Event.CONNECTION,
        connection ->
            evidence.presence(index()).note(connection.status() == Connection.Status.ONLINE));
    client = begun;
    crashable.open();
    takeUp(begun);
  }

  /** Whether it knows where its conversations begin. Asks, again if need be; caller's thread. */
  public boolean isSynced() {
    JovialClient current = client;
    CompletableFuture<Void> asked = synced;
    if (current != null && (asked == null || asked.isCompletedExceptionally())) {
      synced = current.sync();
    }
    return asked != null && asked.isDone() && !asked.isCompletedExceptionally();
  }

  /** Sends the next message to a conversation; false if too many wait there, or it is not on. */
  public boolean send(int conversation, boolean reply) {
    JovialClient current = client;
    Map<Long, Message> open = waitingIn(conversation);
    if (current == null || open.size() >= MAX_WAITING) {
      return false;
    }
    Conversation noted = evidence.conversation(conversation);
    int number = nextNumber++;
    long answers = reply ? noted.newestFromOthers(index()) : 0;
    Message message = noted.noteSend(index(), number, answers);
    open.put(message.key(), message);
    Cast cast = evidence.cast();
    String to = cast.userIds().get(noted.pair().other(cast.userOf(index())));
    SendOptions options = answers > 0 ? SendOptions.NONE.replyTo(answers) : SendOptions.NONE;
    Body body = Body.text(MessageKey.text(index(), number, FILLER));
    follow(conversation, message, current.send(to, body, options));
    return true;
  }

  /** Crashes at the next commit of that kind. */
  public void crashAt(CrashPoint point) {
    CrashableStore current = store;
    if (current != null) {
      current.crashAt(point);
    }
  }

  /** It need not crash any more. */
  public void disarm() {
    CrashableStore current = store;
    if (current != null) {
      current.crashAt(null);
    }
  }

  /** Ends this life in order. */
  public void stop() {
    JovialClient current = client;
    client = null;
    if (current != null) {
      current.close();
    }
    evidence.presence(index()).note(false);
  }

  /** What the local store holds; only while it does not run. */
  public void noteLocalStore() {
    try (Store real = SqliteStore.open(setup.folder())) {
      for (int index : conversations) {
        evidence.conversation(index).setLocalStore(index(), rows(real, index, Long.MAX_VALUE));
      }
    }
  }

  /** How many of its messages wait to be told stored. */
  public int waiting() {
    return waiting.values().stream().mapToInt(Map::size).sum();
  }

  private Map<Long, Message> waitingIn(int conversation) {
    Map<Long, Message> open = waiting.get(conversation);
    if (open == null) {
      throw new IllegalArgumentException("not a conversation of " + setup);
    }
    return open;
  }

  private void follow(int conversation, Message message, Outgoing sent) {
    clientIds.put(message.key(), sent.clientId());
    var unused =
        sent.queued()
            .whenComplete(
                (done, failure) -> {
                  if (failure == null && message.queuedNanos() == 0) {
                    message.noteQueued(System.nanoTime());
                  }
                });
    int begun = life;
    var alsoUnused =
        sent.stored()
            .whenComplete(
                (stored, failure) -> settle(begun, conversation, message, stored, failure));
  }

  /** On the kit's thread. */
  private void settle(
      int begun,
      int conversation,
      Message message,
      @Nullable Stored stored,
      @Nullable Throwable failure) {
    if (stored != null) {
      message.noteStored(stored.seq(), System.nanoTime());
      forget(conversation, message);
      return;
    }
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    String code = cause instanceof JovialException known ? known.code() : String.valueOf(cause);
    if (!ENDED.contains(code)) {
      message.noteRefused(code);
      forget(conversation, message);
    } else if (life != begun) {
      // The next life has begun meanwhile and did not see it.
      JovialClient current = client;
      if (current != null) {
        takeUp(current, conversation, message);
      }
    }
  }

  private void forget(int conversation, Message message) {
    waitingIn(conversation).remove(message.key());
    clientIds.remove(message.key());
  }

  /** After a crash: what is still in the outbox is followed again; what is not was stored. */
  private void takeUp(JovialClient begun) {
    for (int conversation : conversations) {
      for (Message message : List.copyOf(waitingIn(conversation).values())) {
        takeUp(begun, conversation, message);
      }
    }
  }

  private void takeUp(JovialClient begun, int conversation, Message message) {
    String clientId = clientIds.get(message.key());
    if (clientId == null) {
      forget(conversation, message);
      return;
    }
    var unused =
        begun
            .outgoing(clientId)
            .thenAccept(
                sent -> {
                  if (sent.isPresent()) {
                    follow(conversation, message, sent.get());
                  } else {
                    forget(conversation, message);
                  }
                })
            .exceptionally(ended -> null);
  }

  /** On the kit's thread, within the commit. */
  private void handleHeld(List<Entry> entries) {
    for (Entry entry : entries) {
      Integer index = byId.get(entry.conversationId());
      if (index != null) {
        evidence.conversation(index).noteHeld(index(), entry.seq());
      }
    }
  }

  /** On the kit's thread. */
  private void handleEntry(JovialClient from, Entry entry) {
    Integer index = byId.get(entry.conversationId());
    if (index == null) {
      return;
    }
    Conversation conversation = evidence.conversation(index);
    long key = key(entry);
    conversation.noteShown(index(), entry.seq(), key);
    boolean fromOthers = key != MessageKey.UNKNOWN && !isOwn(key);
    if (fromOthers && entry.seq() % READS_EACH == 0) {
      conversation.noteMarkedRead(index(), entry.seq());
      var unused = from.markRead(entry.conversationId(), entry.seq()).exceptionally(ended -> null);
    }
  }

  private boolean isOwn(long key) {
    Cast cast = evidence.cast();
    return cast.userOf(MessageKey.device(key)) == cast.userOf(index());
  }

  /** On the kit's thread, within the commit. */
  private void handleCrash() {
    client = null;
    evidence.presence(index()).note(false);
    onCrash.accept(this);
  }

  /** What the kit shows of the store when it begins: what has no gap below it. */
  private List<Row> view(Store real, int conversation) {
    String id = evidence.conversation(conversation).pair().conversationId();
    long upto =
        real.conversations().stream()
            .filter(record -> record.conversationId().equals(id))
            .mapToLong(ConversationRecord::upto)
            .findAny()
            .orElse(0);
    return rows(real, conversation, upto);
  }

  private List<Row> rows(Store real, int conversation, long upto) {
    String id = evidence.conversation(conversation).pair().conversationId();
    List<Row> rows = new ArrayList<>();
    long from = 1;
    while (true) {
      List<Entry> page = real.entries(id, from, upto, PAGE);
      page.forEach(entry -> rows.add(new Row(entry.seq(), key(entry))));
      if (page.size() < PAGE) {
        return rows;
      }
      from = page.get(page.size() - 1).seq() + 1;
    }
  }

  private static long key(Entry entry) {
    Body body = entry.body();
    String text = body == null ? null : body.text();
    return text == null ? MessageKey.UNKNOWN : MessageKey.parse(text);
  }
}
