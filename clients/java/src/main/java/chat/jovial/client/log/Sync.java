package chat.jovial.client.log;

import chat.jovial.client.executor.SerialExecutor;
import chat.jovial.client.executor.Timer;
import chat.jovial.client.json.Json;
import chat.jovial.client.model.JovialException;
import chat.jovial.client.store.Store;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Client of {@code mss.sync}: first load, reconnect and the check once a minute are this one path.
 * Pages come newest conversations first; each is in the local store, with the cursor behind it,
 * before the next is asked for. Confined to the executor.
 */
final class Sync {
  private static final Logger LOG = LoggerFactory.getLogger(Sync.class);

  /** How many conversations the server takes in {@code have}. */
  private static final int MAX_HAVE = 500;

  private static final Duration RETRY_WAIT = Duration.ofSeconds(1);
  private static final String CURSOR = "sync_cursor";

  /** There once a sync has come to its end. */
  private static final String DONE_ONCE = "synced";

  /** Takes over what a page says. */
  interface Handler {
    void handleConversation(JsonNode conversation);

    void handleEntry(JsonNode entry);

    /** After the last page. */
    void handleSynced();
  }

  private final SerialExecutor executor;
  private final Requester requester;
  private final Store store;
  private final Conversations conversations;
  private final Duration interval;
  private final List<CompletableFuture<Void>> asked = new ArrayList<>();
  private @Nullable Handler handler;
  private boolean running;
  private boolean again;
  private @Nullable Timer timer;

  Sync(
      SerialExecutor executor,
      Requester requester,
      Store store,
      Conversations conversations,
      Duration interval) {
    this.executor = executor;
    this.requester = requester;
    this.store = store;
    this.conversations = conversations;
    this.interval = interval;
  }

  /** Once, before the first run. */
  void handleWith(Handler pages) {
    handler = pages;
  }

  /** Whether this device has ever known all conversations: what it does not know then is new. */
  boolean wasDone() {
    return store.setting(DONE_ONCE) != null;
  }

  /** Begins one, or another one after the one in progress. */
  CompletableFuture<Void> run() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    asked.add(done);
    if (running) {
      again = true;
    } else {
      running = true;
      askPage();
    }
    return done;
  }

  private void askPage() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    ObjectNode request = Json.object();
    String cursor = store.setting(CURSOR);
    Json.putText(request, "cursor", cursor);
    ObjectNode have = request.putObject("have");
    for (ConversationState conversation : conversations.newestFirst()) {
      if (have.size() == MAX_HAVE) {
        break;
      }
      have.put(conversation.id, conversation.upto);
    }
    var unused =
        requester
            .request("mss.sync", request)
            .whenComplete(
                (reply, failure) -> {
                  if (failure == null) {
                    acceptPage(reply);
                  } else {
                    handleFailure(Failures.of(failure), cursor);
                  }
                });
  }

  private void acceptPage(JsonNode reply) {
    Handler pages = Objects.requireNonNull(handler, "handleWith() comes first");
    reply.path("conversations").forEach(pages::handleConversation);
    reply.path("entries").forEach(pages::handleEntry);
    store.putSetting(CURSOR, Json.text(reply, "cursor"));
    if (reply.path("more").asBoolean()) {
      askPage();
      return;
    }
    if (!wasDone()) {
      store.putSetting(DONE_ONCE, "yes");
    }
    pages.handleSynced();
    if (again) {
      again = false;
      askPage();
      return;
    }
    end();
    asked.forEach(done -> done.complete(null));
    asked.clear();
    schedule(interval);
  }

  private void handleFailure(JovialException failure, @Nullable String cursor) {
    if (failure.code().equals("invalid_request") && cursor != null) {
      LOG.info("The server does not know the sync cursor any more; everything is synced again.");
      store.putSetting(CURSOR, null);
      askPage();
      return;
    }
    end();
    asked.forEach(done -> done.completeExceptionally(failure));
    asked.clear();
    if (requester.isOpen()) {
      schedule(failure.isDefinite() ? interval : Failures.waitAfter(failure, RETRY_WAIT));
    }
  }

  private void end() {
    running = false;
    again = false;
  }

  private void schedule(Duration wait) {
    timer =
        executor.after(
            wait,
            () -> {
              timer = null;
              if (requester.isOpen() && !running) {
                var unused = run();
              }
            });
  }
}
