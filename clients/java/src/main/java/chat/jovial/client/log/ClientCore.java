package chat.jovial.client.log;

import chat.jovial.client.connection.ConnectionConfig;
import chat.jovial.client.connection.ServerConnection;
import chat.jovial.client.connection.TokenKeeper;
import chat.jovial.client.executor.SerialExecutor;
import chat.jovial.client.files.Transfers;
import chat.jovial.client.files.UploadState;
import chat.jovial.client.json.ClientIds;
import chat.jovial.client.json.Json;
import chat.jovial.client.model.Body;
import chat.jovial.client.model.Connection;
import chat.jovial.client.model.Conversation;
import chat.jovial.client.model.Entry;
import chat.jovial.client.model.Event;
import chat.jovial.client.model.HistoryPage;
import chat.jovial.client.model.HistoryQuery;
import chat.jovial.client.model.JovialException;
import chat.jovial.client.model.Kind;
import chat.jovial.client.model.Message;
import chat.jovial.client.model.Outgoing;
import chat.jovial.client.model.Progress;
import chat.jovial.client.model.Receipt;
import chat.jovial.client.model.Stored;
import chat.jovial.client.model.Tokens;
import chat.jovial.client.store.ConversationRecord.Watermark;
import chat.jovial.client.store.OutboxItem;
import chat.jovial.client.store.Store;
import chat.jovial.client.store.StoreException;
import chat.jovial.client.trigger.TriggerEngine;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the parts of a client together: what the session hears goes to the part whose concern it
 * is. Everything happens on the executor; a turn ends with one commit of the store, after which
 * listeners are told and requests go out.
 */
public final class ClientCore
    implements ServerConnection.Listener, Sync.Handler, Requester, Transfers.Client {
  private static final Logger LOG = LoggerFactory.getLogger(ClientCore.class);
  private static final String CLOCK_OFFSET = "clock_offset";

  /** A clock that differs less is not worth a write. */
  private static final long CLOCK_SLACK_MILLIS = 1_000;

  /** Pushed entries of conversations that a sync has not told of yet. */
  private static final int MAX_UNKNOWN = 1_000;

  private final SerialExecutor executor;
  private final Store store;
  private final Listeners listeners;
  private final String userId;
  private String deviceId;
  private final ServerClock clock;
  private final ClientIds ids = new ClientIds();
  private final ServerConnection session;
  private final Conversations conversations;
  private final Views views;
  private final EntryLog log;
  private final RequestSender outbox;
  private final Acknowledger acknowledger;
  private final GapFiller gaps;
  private final Sync sync;
  private final History history;
  private final TypingAndPresence live;
  private final EarlyReceipts early = new EarlyReceipts();
  private final TriggerEngine triggers;
  private final TokenKeeper keeper;
  private final @Nullable Transfers transfers;
  private final Map<String, Entry> unknown = new HashMap<>();
  private boolean closed;

  public ClientCore(
      SerialExecutor executor,
      Store store,
      Listeners listeners,
      String userId,
      String deviceId,
      ConnectionConfig config,
      TokenKeeper keeper,
      Clock deviceClock,
      Duration syncInterval,
      Duration ackDelay,
      @Nullable Transfers transfers) {
    this.executor = executor;
    this.store = store;
    this.listeners = listeners;
    this.userId = userId;
    this.deviceId = deviceId;
    String offset = store.setting(CLOCK_OFFSET);
    clock = new ServerClock(deviceClock, offset == null ? 0 : Long.parseLong(offset));
    session = new ServerConnection(executor, config, keeper, this);
    conversations = new Conversations(store);
    views = new Views(store, userId, clock);
    log = new EntryLog(store, conversations, views, listeners, userId);
    this.keeper = keeper;
    this.transfers = transfers;
    outbox =
        new RequestSender(
            executor,
            store,
            this,
            views,
            listeners,
            clock,
            ids,
            this::handleStored,
            transfers,
            this::userToken);
    views.show(outbox);
    acknowledger = new Acknowledger(executor, this, conversations, ackDelay);
    gaps = new GapFiller(executor, this, log);
    sync = new Sync(executor, this, store, conversations, this, syncInterval);
    history = new History(store, this, conversations, log, views);
    live = new TypingAndPresence(executor, this, listeners);
    triggers = new TriggerEngine(executor, store, new Ends(), new Runner());
    log.follow(acknowledger);
    log.follow((conversation, run) -> triggers.handleShown(conversation.id));
    log.follow((conversation, run) -> handleShown(run));
    executor.afterTurn(this::endTurn);
  }

  public void start() {
    session.start();
  }

  /** Tries to connect now. */
  public void reconnectNow() {
    session.reconnectNow();
  }

  /** What was committed stays; nothing else needs saving. */
  public void close(String reason) {
    if (closed) {
      return;
    }
    closed = true;
    session.end(reason);
    outbox.close(new JovialException(JovialException.ENDED, reason));
    endTurn();
    executor.end();
    try {
      store.close();
    } catch (StoreException e) {
      LOG.warn("The local store did not close well.", e);
    }
  }

  private void endTurn() {
    List<ConversationState> changed;
    try {
      changed = conversations.save();
      store.commit();
    } catch (StoreException e) {
      LOG.error("The local store failed; the client ends.", e);
      listeners.forgetAll();
      closed = true;
      outbox.close(new JovialException("storage", String.valueOf(e.getMessage())));
      session.end("the local store failed: " + e.getMessage());
      listeners.tellAll();
      executor.end();
      return;
    }
    for (ConversationState conversation : changed) {
      listeners.emit(Event.CONVERSATION, () -> views.conversation(conversation));
    }
    listeners.tellAll();
    session.flush();
  }

  public boolean isClosed() {
    return closed;
  }

  public Connection connection() {
    return session.connection();
  }

  public TriggerEngine triggers() {
    return triggers;
  }

  public Map<String, Object> kept(String prefix) {
    Map<String, Object> values = new LinkedHashMap<>();
    store.kept(prefix).forEach((key, json) -> values.put(key, Json.plain(Json.read(json))));
    return values;
  }

  public String newClientId() {
    return ids.next(clock.now().toEpochMilli());
  }

  // What the app asks for.

  @Override
  public CompletableFuture<JsonNode> request(String operation, ObjectNode body) {
    return session.request(operation, body);
  }

  @Override
  public boolean isOpen() {
    return session.isOpen();
  }

  /** For HTTP; the newest. */
  @Override
  public String userToken() {
    Tokens tokens = keeper.tokens();
    return tokens == null ? "" : tokens.userToken();
  }

  /**
   * Queues a request that makes an entry.
   *
   * @param upload the file that must be on the server before
   */
  public void queue(
      String conversationId,
      String operation,
      ObjectNode request,
      @Nullable UploadState upload,
      Outgoing sent) {
    outbox.put(conversationId, operation, request, upload == null ? null : upload.json(), sent);
    live.forgetTyping(conversationId);
    Long target = Json.number(request, "target");
    ConversationState conversation = conversations.get(conversationId);
    if (target != null && conversation != null) {
      listeners.emit(Event.CHANGE, () -> views.message(conversation, target));
    }
  }

  public boolean retry(String clientId) {
    return outbox.retry(clientId);
  }

  public boolean discard(String clientId) {
    return outbox.discard(clientId);
  }

  public boolean setUploadPaused(String clientId, boolean paused) {
    return outbox.setPaused(clientId, paused);
  }

  /** Saves the file of a message; what is told of it comes as listeners are told. */
  public CompletableFuture<Path> saveFile(Body body, Path target, Consumer<Progress> progress) {
    return transfers == null
        ? CompletableFuture.failedFuture(Transfers.noAddress())
        : transfers.save(
            body.tree(), target, this, told -> listeners.call(() -> progress.accept(told)));
  }

  public @Nullable Outgoing handleOf(String clientId) {
    return outbox.handleOf(clientId);
  }

  public List<Message> messages(String conversationId, @Nullable Long before, int limit) {
    ConversationState conversation = conversations.get(conversationId);
    return conversation == null
        ? views.queuedMessages(conversationId)
        : views.messages(conversation, before, limit);
  }

  /** Newest first; those in which nothing is but what waits to be sent come before. */
  public List<Conversation> conversations() {
    List<Conversation> all = new ArrayList<>();
    for (String id : outbox.conversationIds()) {
      if (conversations.get(id) == null) {
        all.add(
            new Conversation(
                id, DirectConversations.peer(id, userId), 0, null, 0, 0, 0, List.of()));
      }
    }
    conversations.newestFirst().forEach(each -> all.add(views.conversation(each)));
    return all;
  }

  public @Nullable Conversation conversation(String conversationId) {
    ConversationState conversation = conversations.get(conversationId);
    return conversation == null ? null : views.conversation(conversation);
  }

  public void markRead(String conversationId, long seq) {
    ConversationState conversation = conversations.get(conversationId);
    if (conversation != null) {
      log.handleRead(conversation, Math.min(seq, conversation.lastSeq));
      acknowledger.check(conversation);
    }
  }

  public CompletableFuture<HistoryPage> history(String conversationId, HistoryQuery query) {
    return history.read(conversationId, query);
  }

  public void typing(String conversationId, boolean typing) {
    live.tellTyping(conversationId, typing);
  }

  public CompletableFuture<Void> watchPresence(Collection<String> userIds) {
    return live.watch(userIds);
  }

  public CompletableFuture<Void> sync() {
    return session.isOpen()
        ? sync.run()
        : CompletableFuture.failedFuture(
            new JovialException(JovialException.OFFLINE, "there is no connection"));
  }

  // What the session hears.

  @Override
  public void handleStatus(Connection connection) {
    listeners.emit(Event.CONNECTION, () -> connection);
  }

  @Override
  public void handleOpened(String openedUserId, String openedDeviceId, Instant serverTime) {
    if (!openedUserId.equals(userId)) {
      session.end("the tokens are those of another user than this device's store");
      return;
    }
    deviceId = openedDeviceId;
    long before = clock.offsetMillis();
    clock.set(serverTime);
    if (Math.abs(clock.offsetMillis() - before) > CLOCK_SLACK_MILLIS) {
      store.putSetting(CLOCK_OFFSET, Long.toString(clock.offsetMillis()));
    }
    // A device that was never synced does not know where its conversations' news begin.
    boolean first = !sync.wasDone();
    var unused =
        sync.run()
            .whenComplete(
                (done, failure) -> {
                  if (first) {
                    outbox.pumpAll();
                  }
                });
    if (!first) {
      outbox.pumpAll();
    }
    if (live.watchesAnyone()) {
      var alsoUnused = live.watchAgain().exceptionally(failure -> null);
    }
  }

  @Override
  public void handleEvent(JsonNode event) {
    try {
      switch (Json.textOr(event, "event", "")) {
        case "message" -> handlePushed(Json.entry(event));
        case "receipt" -> {
          handleReceipt(event);
          triggers.handleLive("receipt", event);
        }
        case "typing" -> {
          live.handleTyping(event);
          triggers.handleLive("typing", event);
        }
        case "presence" -> {
          live.handlePresence(event);
          triggers.handleLive("presence", event);
        }
        default -> LOG.trace("An event that this kit does not know, or need.");
      }
    } catch (IllegalArgumentException e) {
      LOG.warn("An event cannot be read: {}", e.getMessage());
    }
  }

  private void handlePushed(Entry entry) {
    ConversationState conversation = conversations.get(entry.conversationId());
    if (conversation == null && entry.seq() == 1) {
      conversation = create(entry.conversationId(), 0);
    }
    if (conversation != null) {
      accept(conversation, entry);
      gaps.checkSoon(conversation);
    } else {
      acceptUnknown(entry);
    }
  }

  /** Where the history of its conversation ends for this device, only a sync can tell. */
  private void acceptUnknown(Entry entry) {
    if (unknown.size() < MAX_UNKNOWN) {
      unknown.putIfAbsent(entry.conversationId(), entry);
      var unused = sync.run().exceptionally(failure -> null);
    }
  }

  private ConversationState create(String conversationId, long base) {
    return conversations.create(
        conversationId, DirectConversations.peer(conversationId, userId), base);
  }

  private void accept(ConversationState conversation, Entry entry) {
    log.accept(conversation, entry);
    if (entry.senderId().equals(userId)) {
      outbox.handleSeen(entry.conversationId(), entry.seq(), entry.clientId());
    }
  }

  private void handleShown(List<Entry> run) {
    for (Entry entry : run) {
      if (entry.is(Kind.MESSAGE) && !entry.senderId().equals(userId)) {
        live.handleMessage(entry.conversationId(), entry.senderId());
      }
    }
  }

  private void handleReceipt(JsonNode event) {
    ConversationState conversation = conversations.get(Json.required(event, "conversation_id"));
    if (conversation == null) {
      early.keep(event);
      return;
    }
    Watermark mark =
        new Watermark(
            Json.numberOr(event, "delivered_upto", 0), Json.numberOr(event, "read_upto", 0));
    String member = Json.required(event, "user_id");
    if (member.equals(userId)) {
      conversation.acked = conversation.acked.max(mark);
      log.handleRead(conversation, mark.read());
      conversations.changed(conversation);
    } else {
      merge(conversation, member, mark);
    }
  }

  private void merge(ConversationState conversation, String member, Watermark mark) {
    Watermark old = conversation.members.getOrDefault(member, Watermark.NONE);
    Watermark merged = old.max(mark);
    if (!merged.equals(conversation.members.put(member, merged))) {
      conversations.changed(conversation);
      listeners.emit(
          Event.RECEIPT,
          () -> new Receipt(conversation.id, member, merged.delivered(), merged.read()));
    }
  }

  @Override
  public void handleConversation(JsonNode told) {
    String id = Json.required(told, "conversation_id");
    Watermark own =
        Watermark.NONE.max(
            new Watermark(
                Json.numberOr(told, "delivered_upto", 0), Json.numberOr(told, "read_upto", 0)));
    ConversationState conversation = conversations.get(id);
    if (conversation == null) {
      // At a device's first sync, what another device of the user has is history. What comes later
      // is news, whoever else has it: above all what this device is sending itself.
      conversation = create(id, sync.wasDone() ? 0 : own.delivered());
    }
    String member = Json.text(told, "user_id");
    conversation.userId = member == null ? conversation.userId : member;
    long lastSeq = Json.numberOr(told, "last_seq", 0);
    if (lastSeq > conversation.lastSeq) {
      conversation.lastSeq = lastSeq;
    }
    if (lastSeq >= conversation.lastSeq) {
      Instant lastStoredAt = Json.time(told, "last_stored_at");
      conversation.lastStoredAt = lastStoredAt == null ? conversation.lastStoredAt : lastStoredAt;
    }
    if (!conversation.ackInFlight) {
      conversation.acked = own;
    }
    log.handleRead(conversation, own.read());
    if (lastSeq >= conversation.unreadAt && own.read() == conversation.readUpto) {
      conversation.unread = (int) Json.numberOr(told, "unread", 0);
      conversation.unreadAt = lastSeq;
    }
    for (JsonNode receipt : told.path("receipts")) {
      String who = Json.text(receipt, "user_id");
      if (who != null && !who.equals(userId)) {
        merge(
            conversation,
            who,
            new Watermark(
                Json.numberOr(receipt, "delivered_upto", 0),
                Json.numberOr(receipt, "read_upto", 0)));
      }
    }
    early.take(id).forEach(this::handleReceipt);
    conversations.changed(conversation);
    acknowledger.check(conversation);
  }

  @Override
  public void handleEntry(JsonNode entry) {
    Entry read = Json.entry(entry);
    ConversationState conversation = conversations.get(read.conversationId());
    if (conversation != null) {
      accept(conversation, read);
    }
  }

  @Override
  public void handleSynced() {
    unknown.forEach(
        (id, first) -> {
          ConversationState conversation = conversations.get(id);
          accept(conversation == null ? create(id, 0) : conversation, first);
        });
    unknown.clear();
    conversations.newestFirst().forEach(gaps::fill);
    acknowledger.checkAll();
    eraseExpired();
  }

  private void eraseExpired() {
    if (log.eraseExpired(clock.now())) {
      executor.execute(this::eraseExpired);
    }
  }

  /** An own request made an entry, which the server does not push to the connection it came on. */
  private void handleStored(OutboxItem item, Stored stored) {
    ConversationState conversation = conversations.get(stored.conversationId());
    if (conversation == null && stored.seq() == 1) {
      conversation = create(stored.conversationId(), 0);
    }
    Entry entry = SentEntries.of(item, stored, userId, deviceId, clock.now());
    if (conversation == null) {
      acceptUnknown(entry);
    } else {
      log.accept(conversation, entry);
      gaps.checkSoon(conversation);
    }
  }

  private final class Ends implements TriggerEngine.Ends {
    @Override
    public Map<String, Long> all() {
      Map<String, Long> ends = new HashMap<>();
      conversations.all().forEach(conversation -> ends.put(conversation.id, conversation.upto));
      return ends;
    }

    @Override
    public long baseOf(String conversationId) {
      ConversationState conversation = conversations.get(conversationId);
      return conversation == null ? 0 : conversation.base;
    }

    @Override
    public long uptoOf(String conversationId) {
      ConversationState conversation = conversations.get(conversationId);
      return conversation == null ? 0 : conversation.upto;
    }
  }

  private final class Runner implements TriggerEngine.Runner {
    @Override
    public void afterCommit(Runnable action) {
      listeners.afterCommit(action);
    }

    @Override
    public void call(Runnable appCode) {
      listeners.call(appCode);
    }
  }
}
