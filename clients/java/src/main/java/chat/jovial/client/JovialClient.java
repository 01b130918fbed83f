package chat.jovial.client;

import chat.jovial.client.connection.Claims;
import chat.jovial.client.connection.TokenKeeper;
import chat.jovial.client.executor.SerialExecutor;
import chat.jovial.client.files.OutgoingFile;
import chat.jovial.client.files.Transfers;
import chat.jovial.client.files.UploadState;
import chat.jovial.client.json.Json;
import chat.jovial.client.log.ClientCore;
import chat.jovial.client.log.ClientParts;
import chat.jovial.client.log.DirectConversations;
import chat.jovial.client.log.Listeners;
import chat.jovial.client.log.StoredTokens;
import chat.jovial.client.model.Body;
import chat.jovial.client.model.Connection;
import chat.jovial.client.model.Conversation;
import chat.jovial.client.model.Event;
import chat.jovial.client.model.FileOptions;
import chat.jovial.client.model.HistoryPage;
import chat.jovial.client.model.HistoryQuery;
import chat.jovial.client.model.JovialException;
import chat.jovial.client.model.Message;
import chat.jovial.client.model.Outgoing;
import chat.jovial.client.model.Progress;
import chat.jovial.client.model.SendOptions;
import chat.jovial.client.model.Tokens;
import chat.jovial.client.model.User;
import chat.jovial.client.trigger.Trigger;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Client of one user on one device. It keeps its messages in a local store, works without a
 * connection, and makes one whenever it can. All methods may be called on any thread and none
 * waits, but for {@link #connect} and {@link #close}.
 *
 * <p>Futures complete, and listeners and triggers run, on the client's own thread, one after
 * another ({@link ClientConfig.Builder#callbacks} gives them another one). Code there must not
 * block: above all it must not wait for another future of the client.
 */
public final class JovialClient implements AutoCloseable {
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);

  /** How many messages a view has unless told otherwise. */
  private static final int VIEW = 200;

  private final ClientCore core;
  private final SerialExecutor executor;
  private final Listeners listeners;
  private final @Nullable ClientThreads ownThreads;
  private final String userId;
  private final boolean durable;

  private JovialClient(ClientConfig config) {
    StoredTokens stored = new StoredTokens(config.store);
    Tokens tokens = firstTokens(config, stored);
    String user =
        tokens.userId() != null ? tokens.userId() : Claims.of(tokens.userToken()).userId();
    if (user == null) {
      throw new IllegalArgumentException("The user token cannot be read.");
    }
    userId = user;
    String device = tokens.deviceId();
    if (device == null) {
      device = Claims.of(tokens.userToken()).deviceId();
    }
    stored.put(tokens);
    config.store.commit();
    durable = config.store.durable();
    ownThreads = config.threads == null ? ClientThreads.own() : null;
    ClientThreads threads = ownThreads == null ? shared(config) : ownThreads;
    executor = new SerialExecutor(threads.pool());
    listeners = new Listeners(config.callbacks);
    TokenKeeper keeper =
        new TokenKeeper(
            tokens,
            tokens != config.tokens,
            config.tokenProvider,
            renewed -> {
              stored.put(renewed);
              listeners.afterCommit(() -> listeners.call(() -> config.onTokens.accept(renewed)));
            });
    ClientParts parts =
        new ClientParts(
            executor,
            config.store,
            listeners,
            userId,
            device == null ? "" : device,
            config.connection,
            keeper,
            config.clock,
            config.syncInterval,
            config.ackDelay,
            new Transfers(
                executor, config.http, config.httpFallback, config.tls, threads.transfers()));
    core = new ClientCore(parts);
  }

  private static ClientThreads shared(ClientConfig config) {
    if (config.threads == null) {
      throw new IllegalStateException("no threads");
    }
    return config.threads;
  }

  private static Tokens firstTokens(ClientConfig config, StoredTokens stored) {
    Tokens newest = stored.newest(config.tokens);
    if (newest != null) {
      return newest;
    }
    if (config.tokenProvider == null) {
      throw new IllegalArgumentException("There are no tokens.");
    }
    try {
      return config
          .tokenProvider
          .get()
          .get(config.connection.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JovialException(JovialException.ENDED, "interrupted");
    } catch (ExecutionException | TimeoutException e) {
      throw new JovialException("unauthenticated", "The provider gave no tokens: " + e);
    }
  }

  /**
   * Opens the local store and begins to connect. What was queued in an earlier run goes out as soon
   * as there is a connection. Waits only for the very first tokens of a provider.
   */
  public static JovialClient connect(ClientConfig config) {
    JovialClient client = new JovialClient(config);
    client.executor.execute(client.core::start);
    return client;
  }

  public String userId() {
    return userId;
  }

  /** Whether messages survive the end of this process; depends on the local store. */
  public boolean durable() {
    return durable;
  }

  /** How the client stands with the server. */
  public CompletableFuture<Connection> connection() {
    return onExecutor(() -> CompletableFuture.completedFuture(core.connection()));
  }

  /** Connects now rather than after the next pause: the network is back. */
  public void reconnectNow() {
    executor.execute(core::reconnectNow);
  }

  /** The conversation with a user, which needs no creating. */
  public String conversationWith(String otherUserId) {
    return DirectConversations.conversation(userId, otherUserId);
  }

  /** Queues a message to a user; it is sent when there is a connection. */
  public Outgoing send(String toUserId, Body body) {
    return send(toUserId, body, SendOptions.NONE);
  }

  public Outgoing send(String toUserId, Body body, SendOptions options) {
    return send(toUserId, body.tree(), options, null);
  }

  private Outgoing send(
      String toUserId, JsonNode body, SendOptions options, @Nullable UploadState upload) {
    ObjectNode request = Json.object();
    request.putObject("to").put("user_id", toUserId);
    request.set("body", body);
    Json.putNumber(request, "reply_to", options.replyTo());
    Duration expiresIn = options.expiresIn();
    Json.putNumber(request, "expires_in", expiresIn == null ? null : (Long) expiresIn.toSeconds());
    return queue(conversationWith(toUserId), "mds.send", request, upload, options.clientId());
  }

  /** Queues a message to a conversation. */
  public Outgoing sendTo(String conversationId, Body body, SendOptions options) {
    return send(peer(conversationId), body, options);
  }

  private String peer(String conversationId) {
    String peer = DirectConversations.peer(conversationId, userId);
    if (peer == null) {
      throw new IllegalArgumentException("This is no conversation of this user.");
    }
    return peer;
  }

  /**
   * Queues a message with a file. The file goes up when there is a connection, is gone on with
   * after an interruption or a restart, and the message is sent when it is there. Only its path is
   * kept: if it is gone or was changed by then, the message fails. Looks at the file at once. Goes
   * to {@link ClientConfig.Builder#http}, else where the server says that it serves HTTP.
   *
   * @throws IllegalArgumentException if there is no such file, or it is none
   */
  public Outgoing sendFile(String toUserId, Path source, FileOptions options) {
    UploadState upload = OutgoingFile.state(source, options, toUserId);
    return send(toUserId, OutgoingFile.body(upload, options), options.send(), upload);
  }

  /** The same to a conversation. */
  public Outgoing sendFileTo(String conversationId, Path source, FileOptions options) {
    return sendFile(peer(conversationId), source, options);
  }

  /** Holds a file that goes up; messages behind it overtake it. False if there is none. */
  public CompletableFuture<Boolean> pauseUpload(String clientId) {
    return now(() -> core.pauseUpload(clientId));
  }

  /** Goes on with a file that was paused; false if there is none. */
  public CompletableFuture<Boolean> resumeUpload(String clientId) {
    return now(() -> core.resumeUpload(clientId));
  }

  /**
   * Saves the file of a message, and goes on where an earlier try left off. It is beside the target
   * until all of it is there, and then takes the target's place.
   *
   * @param body of a message, of the type {@code file}
   * @param onProgress is told a few times a second
   * @return the target; fails with {@code forbidden} without access, {@code not_found} or {@code
   *     gone} if there is no such file any more, {@code offline} if it cannot be fetched now
   */
  public CompletableFuture<Path> saveFile(Body body, Path target, Consumer<Progress> onProgress) {
    return onExecutor(() -> core.saveFile(body, target, onProgress));
  }

  public CompletableFuture<Path> saveFile(Body body, Path target) {
    return saveFile(body, target, progress -> {});
  }

  /** Changes the text of an own message; shown at once, told to the server when it is there. */
  public Outgoing edit(String conversationId, long target, Body body) {
    ObjectNode request = about(conversationId, target);
    request.set("body", body.tree());
    return queue(conversationId, "mds.edit", request, null, null);
  }

  /** Takes an own message back, everywhere. */
  public Outgoing redact(String conversationId, long target) {
    return queue(conversationId, "mds.redact", about(conversationId, target), null, null);
  }

  /**
   * Adds or takes away a reaction.
   *
   * @param remove whether to take it away
   */
  public Outgoing react(String conversationId, long target, String reaction, boolean remove) {
    ObjectNode request = about(conversationId, target).put("reaction", reaction);
    if (remove) {
      request.put("remove", true);
    }
    return queue(conversationId, "mds.react", request, null, null);
  }

  /** Tries a message again that the server refused; false if there is none of that id. */
  public CompletableFuture<Boolean> retry(String clientId) {
    return now(() -> core.retry(clientId));
  }

  /** Gives up a message that failed, or was never sent; false if there is none of that id. */
  public CompletableFuture<Boolean> discard(String clientId) {
    return now(() -> core.discard(clientId));
  }

  /** What waits in the outbox under that id, for example since an earlier run. */
  public CompletableFuture<Optional<Outgoing>> outgoing(String clientId) {
    return now(() -> Optional.ofNullable(core.outgoing(clientId)));
  }

  /** The person has seen everything up to here. */
  public CompletableFuture<Void> markRead(String conversationId, long seq) {
    return run(() -> core.markRead(conversationId, seq));
  }

  /** The person types, or ceased to; may be called at each key. */
  public void typing(String conversationId, boolean typing) {
    executor.execute(() -> core.typing(conversationId, typing));
  }

  /** The newest messages of the local view, in order, the queued ones last. */
  public CompletableFuture<List<Message>> messages(String conversationId) {
    return now(() -> core.reads().messages(conversationId, null, VIEW));
  }

  /**
   * A part of the local view.
   *
   * @param before only messages below this seq; null for the newest and what is queued
   */
  public CompletableFuture<List<Message>> messages(
      String conversationId, @Nullable Long before, int limit) {
    return now(() -> core.reads().messages(conversationId, before, limit));
  }

  /** The conversations on this device, those with the newest entries first. */
  public CompletableFuture<List<Conversation>> conversations() {
    return now(() -> core.reads().conversations());
  }

  /** One conversation, if this device knows it. */
  public CompletableFuture<Optional<Conversation>> conversation(String conversationId) {
    return now(() -> Optional.ofNullable(core.reads().conversation(conversationId)));
  }

  /** Old messages; fetched and kept if they are not on the device. */
  public CompletableFuture<HistoryPage> history(String conversationId, HistoryQuery query) {
    return onExecutor(() -> core.reads().history(conversationId, query));
  }

  /** Listens until what is returned is run. */
  public <T> Runnable on(Event<T> event, Consumer<? super T> listener) {
    return listeners.add(event, listener);
  }

  /** Registers a rule for this run; what it has seen is remembered under its name. */
  public CompletableFuture<Void> trigger(Trigger trigger) {
    return run(() -> core.triggers().add(trigger));
  }

  public CompletableFuture<Void> pauseTrigger(String name) {
    return run(() -> core.triggers().setPaused(name, true));
  }

  public CompletableFuture<Void> resumeTrigger(String name) {
    return run(() -> core.triggers().setPaused(name, false));
  }

  public CompletableFuture<Void> removeTrigger(String name) {
    return run(() -> core.triggers().remove(name));
  }

  /** What triggers have put, by keys that begin so, in their order. */
  public CompletableFuture<Map<String, Object>> kept(String prefix) {
    return now(() -> core.kept(prefix));
  }

  /** Replaces whom this client watches; what is known comes as events, now and as it changes. */
  public CompletableFuture<Void> watchPresence(Collection<String> userIds) {
    List<String> copy = List.copyOf(userIds);
    return onExecutor(() -> core.watchPresence(copy));
  }

  /** The user of this app with that name; empty if there is none. */
  public CompletableFuture<Optional<User>> findUser(String username) {
    return request("ums.users.find", Map.of("username", username)).thenApply(User::firstOf);
  }

  /** Asks the server for what is new, which the client also does by itself. */
  public CompletableFuture<Void> sync() {
    return onExecutor(core::sync);
  }

  /**
   * Calls any operation of the protocol, such as {@code ums.users.find}.
   *
   * @return the reply's fields; waits while the client is connecting, and fails with the code
   *     {@code offline} without a connection
   */
  public CompletableFuture<Map<String, Object>> request(String operation, Map<String, ?> body) {
    ObjectNode request = Json.MAPPER.valueToTree(body);
    return onExecutor(() -> core.requestWhenConnected(operation, request).thenApply(Json::toMap));
  }

  /**
   * Ends the connection and closes the store. Nothing is lost by not calling it: what was queued is
   * on the disk already. Futures that are open fail.
   */
  @Override
  public void close() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    executor.executeAlways(
        () -> {
          core.close("the client was closed");
          done.complete(null);
        });
    try {
      if (!executor.isCurrent()) {
        done.get(CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("The client could not be closed.", e);
    } finally {
      if (ownThreads != null) {
        ownThreads.close();
      }
    }
  }

  private static ObjectNode about(String conversationId, long target) {
    return Json.object().put("conversation_id", conversationId).put("target", target);
  }

  private Outgoing queue(
      String conversationId,
      String operation,
      ObjectNode request,
      @Nullable UploadState upload,
      @Nullable String clientId) {
    Outgoing sent = new Outgoing(clientId == null ? core.newClientId() : clientId);
    executor.executeAlways(
        () -> {
          if (core.isClosed()) {
            sent.handleFailed(closed());
          } else {
            core.queue(conversationId, operation, request, upload, sent);
          }
        });
    return sent;
  }

  private CompletableFuture<Void> run(Runnable action) {
    return onExecutor(
        () -> {
          action.run();
          CompletableFuture<Void> done = new CompletableFuture<>();
          listeners.afterCommit(() -> done.complete(null));
          return done;
        });
  }

  private <T> CompletableFuture<T> now(Supplier<T> question) {
    return onExecutor(() -> CompletableFuture.completedFuture(question.get()));
  }

  private <T> CompletableFuture<T> onExecutor(Supplier<CompletableFuture<T>> action) {
    CompletableFuture<T> result = new CompletableFuture<>();
    executor.executeAlways(
        () -> {
          if (core.isClosed()) {
            result.completeExceptionally(closed());
            return;
          }
          try {
            var unused =
                action
                    .get()
                    .whenComplete(
                        (value, failure) -> {
                          if (failure == null) {
                            result.complete(value);
                          } else {
                            result.completeExceptionally(failure);
                          }
                        });
          } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  private static JovialException closed() {
    return new JovialException(JovialException.CLOSED, "the client is closed");
  }
}
