package chat.jovial.client.log;

import chat.jovial.client.connection.ServerConnection;
import chat.jovial.client.connection.TokenKeeper;
import chat.jovial.client.executor.SerialExecutor;
import chat.jovial.client.files.Transfers;
import chat.jovial.client.files.UploadState;
import chat.jovial.client.json.Json;
import chat.jovial.client.model.Body;
import chat.jovial.client.model.Connection;
import chat.jovial.client.model.Entry;
import chat.jovial.client.model.Event;
import chat.jovial.client.model.JovialException;
import chat.jovial.client.model.Kind;
import chat.jovial.client.model.Outgoing;
import chat.jovial.client.model.Progress;
import chat.jovial.client.model.Stored;
import chat.jovial.client.model.Tokens;
import chat.jovial.client.store.OutboxItem;
import chat.jovial.client.store.Store;
import chat.jovial.client.store.StoreException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Core of a client: its parts put together, and what an app may ask of them. Everything happens on
 * the executor; a turn ends with one commit of the store, after which listeners are called and
 * requests go out.
 */
public final class ClientCore implements ServerConnection.Listener, Requester, Transfers.Client {
  private static final Logger LOG = LoggerFactory.getLogger(ClientCore.class);
  private static final String CLOCK_OFFSET = "clock_offset";

  /** A clock that differs less is not worth a write. */
  private static final long CLOCK_SLACK_MILLIS = 1_000;

  /** Events that are not entries of the log: triggers see them as they come. */
  private static final Set<String> LIVE_ONLY = Set.of("receipt", "typing", "presence");

  private final SerialExecutor executor;
  private final Store store;
  private final Listeners listeners;
  private final String userId;
  private final ServerClock clock;
  private final ServerConnection server;
  private final Conversations conversations;
  private final Views views;
  private final EntryLog log;
  private final RequestSender sender;
  private final Acknowledger acknowledger;
  private final Sync sync;
  private final IncomingEntries incoming;
  private final Receipts receipts;
  private final ConversationReads reads;
  private final TypingAndPresence typing;
  private final TriggerEngine triggers;
  private final Expiry expiry;
  private final TokenKeeper tokens;
  private final Transfers transfers;
  private String deviceId;
  private final WaitingRequests waiting = new WaitingRequests();
  private boolean closed;

  public ClientCore(ClientParts parts) {
    executor = parts.executor();
    store = parts.store();
    listeners = parts.listeners();
    userId = parts.userId();
    deviceId = parts.deviceId();
    tokens = parts.tokens();
    transfers = parts.transfers();
    String offset = store.setting(CLOCK_OFFSET);
    clock = new ServerClock(parts.deviceClock(), offset == null ? 0 : Long.parseLong(offset));
    server = new ServerConnection(executor, parts.connection(), tokens, this);
    conversations = new Conversations(store);
    Outbox outbox = new Outbox(store);
    views = new Views(store, userId, clock, outbox);
    log = new EntryLog(store, conversations, views, listeners, userId);
    expiry = new Expiry(executor, store, log, clock);
    sender = new RequestSender(parts, this, outbox, views, clock, this::handleStored);
    acknowledger = new Acknowledger(executor, this, conversations, parts.ackDelay());
    GapFiller gaps = new GapFiller(executor, this, log);
    receipts = new Receipts(conversations, log, listeners, userId);
    sync = new Sync(executor, this, store, conversations, parts.syncInterval());
    IncomingEntries.Followers followers =
        new IncomingEntries.Followers(sender, gaps, acknowledger, expiry::check);
    incoming = new IncomingEntries(conversations, log, receipts, sync, followers, userId);
    sync.handleWith(incoming);
    History history = new History(store, this, conversations, log, views);
    reads = new ConversationReads(conversations, outbox, views, history, userId);
    typing = new TypingAndPresence(executor, this, listeners);
    triggers = new TriggerEngine(executor, store, conversations, listeners);
    log.whenExpiring(expiry::handleExpiring);
    log.follow(acknowledger);
    log.follow((conversation, run) -> triggers.handleShown(conversation.id));
    log.follow((conversation, run) -> handleShown(run));
    executor.afterTurn(this::endTurn);
  }

  public void start() {
    expiry.check();
    server.start();
  }

  /** Does not wait for the next attempt to connect. */
  public void reconnectNow() {
    server.reconnectNow();
  }

  /** What was committed stays; nothing else needs saving. */
  public void close(String reason) {
    if (closed) {
      return;
    }
    closed = true;
    server.close(reason);
    sender.close(new JovialException(JovialException.CLOSED, reason));
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
      sender.close(new JovialException(JovialException.STORAGE, String.valueOf(e.getMessage())));
      server.end("the local store failed: " + e.getMessage());
      listeners.callAll();
      executor.end();
      return;
    }
    for (ConversationState conversation : changed) {
      listeners.emit(Event.CONVERSATION, () -> views.conversation(conversation));
    }
    listeners.callAll();
    server.flush();
  }

  public boolean isClosed() {
    return closed;
  }

  public Connection connection() {
    return server.connection();
  }

  public ConversationReads reads() {
    return reads;
  }

  public TriggerEngine triggers() {
    return triggers;
  }

  public Map<String, Object> kept(String prefix) {
    Map<String, Object> values = new LinkedHashMap<>();
    store.kept(prefix).forEach((key, json) -> values.put(key, Json.plain(Json.read(json))));
    return values;
  }

  /** Any thread. */
  public String newClientId() {
    return clock.newClientId();
  }

  @Override
  public CompletableFuture<JsonNode> request(String operation, ObjectNode body) {
    return server.request(operation, body);
  }

  /** As {@link #request}, but while the client is connecting, that is waited for. */
  public CompletableFuture<JsonNode> requestWhenConnected(String operation, ObjectNode body) {
    return waiting.run(server.connection(), () -> request(operation, body));
  }

  @Override
  public boolean isOpen() {
    return server.isOpen();
  }

  /** For HTTP; the newest. */
  @Override
  public String userToken() {
    Tokens newest = tokens.tokens();
    return newest == null ? "" : newest.userToken();
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
    sender.put(conversationId, operation, request, upload == null ? null : upload.json(), sent);
    typing.forget(conversationId);
    Long target = Json.number(request, "target");
    ConversationState conversation = conversations.get(conversationId);
    if (target != null && conversation != null) {
      listeners.emit(Event.CHANGE, () -> views.message(conversation, target));
    }
  }

  public boolean retry(String clientId) {
    return sender.retry(clientId);
  }

  public boolean discard(String clientId) {
    return sender.discard(clientId);
  }

  public boolean pauseUpload(String clientId) {
    return sender.pauseUpload(clientId);
  }

  public boolean resumeUpload(String clientId) {
    return sender.resumeUpload(clientId);
  }

  /** Saves the file of a message; progress goes where listeners run. */
  public CompletableFuture<Path> saveFile(Body body, Path target, Consumer<Progress> progress) {
    return transfers.save(
        body.tree(), target, this, moved -> listeners.call(() -> progress.accept(moved)));
  }

  public @Nullable Outgoing outgoing(String clientId) {
    return sender.outgoing(clientId);
  }

  public void markRead(String conversationId, long seq) {
    ConversationState conversation = conversations.get(conversationId);
    if (conversation != null) {
      log.handleRead(conversation, Math.min(seq, conversation.lastSeq));
      acknowledger.check(conversation);
    }
  }

  public void typing(String conversationId, boolean on) {
    typing.send(conversationId, on);
  }

  public CompletableFuture<Void> watchPresence(Collection<String> userIds) {
    return typing.watch(userIds);
  }

  public CompletableFuture<Void> sync() {
    return server.isOpen()
        ? sync.run()
        : CompletableFuture.failedFuture(
            new JovialException(JovialException.OFFLINE, "there is no connection"));
  }

  @Override
  public void handleStatus(Connection connection) {
    listeners.emit(Event.CONNECTION, () -> connection);
    waiting.handleStatus(connection);
  }

  @Override
  public void handleOpened(ServerConnection.Opened opened) {
    if (!opened.userId().equals(userId)) {
      server.end("the tokens are those of another user than this device's store");
      return;
    }
    deviceId = opened.deviceId();
    transfers.learn(opened.http());
    long before = clock.offsetMillis();
    clock.set(opened.serverTime());
    if (Math.abs(clock.offsetMillis() - before) > CLOCK_SLACK_MILLIS) {
      store.putSetting(CLOCK_OFFSET, Long.toString(clock.offsetMillis()));
      expiry.check();
    }
    // A device that was never synced does not know where its conversations' news begin.
    boolean first = !sync.wasDone();
    var unused =
        sync.run()
            .whenComplete(
                (done, failure) -> {
                  if (first) {
                    sender.scheduleAll();
                  }
                });
    if (!first) {
      sender.scheduleAll();
    }
    if (typing.watchesAnyone()) {
      var alsoUnused = typing.watchAgain().exceptionally(failure -> null);
    }
  }

  @Override
  public void handleEvent(JsonNode event) {
    try {
      String type = Json.textOr(event, "event", "");
      switch (type) {
        case "message" -> incoming.handlePushed(Json.entry(event));
        case "receipt" -> receipts.handlePushed(event);
        case "typing" -> typing.handleTyping(event);
        case "presence" -> typing.handlePresence(event);
        default -> LOG.trace("An event that this kit does not know, or need.");
      }
      if (LIVE_ONLY.contains(type)) {
        triggers.handleLive(type, event);
      }
    } catch (IllegalArgumentException e) {
      LOG.warn("An event cannot be read: {}", e.getMessage());
    }
  }

  private void handleShown(List<Entry> run) {
    for (Entry entry : run) {
      if (entry.is(Kind.MESSAGE) && !entry.senderId().equals(userId)) {
        typing.handleMessage(entry.conversationId(), entry.senderId());
      }
    }
  }

  private void handleStored(OutboxItem item, Stored stored) {
    incoming.handleStored(SentEntries.of(item, stored, userId, deviceId, clock.now()));
  }
}
