package chat.jovial.client.log;

import chat.jovial.client.files.Transfers;
import chat.jovial.client.files.UploadState;
import chat.jovial.client.files.Uploads;
import chat.jovial.client.json.Json;
import chat.jovial.client.model.Event;
import chat.jovial.client.model.JovialException;
import chat.jovial.client.model.Upload;
import chat.jovial.client.store.OutboxItem;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Files of messages that wait in the outbox: each goes up before its message is sent, and its
 * offset is kept with the message. Confined to the executor.
 */
final class QueuedFiles implements Uploads.Follower {
  /** What the outbox does with what is heard of a file. */
  interface Items {
    @Nullable OutboxItem find(String clientId);

    /** Replaces an item that is still there, in the store too. */
    void replace(OutboxItem item);

    /** Sends what can be sent now. */
    void schedule(String conversationId);

    /** The same, without the pause after earlier failures. */
    void scheduleAtOnce(String conversationId);

    /** Refuses the message permanently, or tries it again later. */
    void handleFileFailure(String clientId, JovialException failure);
  }

  private final Transfers transfers;
  private final Requester requester;
  private final Listeners listeners;
  private final Items items;

  QueuedFiles(Transfers transfers, Requester requester, Listeners listeners, Items items) {
    this.transfers = transfers;
    this.requester = requester;
    this.listeners = listeners;
    this.items = items;
  }

  static boolean isPaused(OutboxItem item) {
    String upload = item.upload();
    return upload != null && UploadState.parse(upload).paused();
  }

  private static UploadState stateOf(OutboxItem item) {
    String upload = item.upload();
    if (upload == null) {
      throw new IllegalStateException("this message has no file");
    }
    return UploadState.parse(upload);
  }

  void handleQueued(OutboxItem item) {
    emit(item, stateOf(item).sent(), Upload.State.WAITING);
  }

  /** Brings the file up, unless in progress. */
  void begin(OutboxItem item) {
    if (!transfers.hasAddress()) {
      items.handleFileFailure(item.clientId(), Transfers.noAddress());
    } else if (!transfers.uploads().isRunning(item.clientId())) {
      UploadState state = stateOf(item);
      emit(item, state.sent(), Upload.State.UPLOADING);
      transfers.uploads().begin(item.clientId(), state, requester.userToken(), this);
    }
  }

  /** False if there is no such file, or it is paused already. */
  boolean pause(String clientId) {
    return setPaused(clientId, true);
  }

  /** False if there is no such file, or it is not paused. */
  boolean resume(String clientId) {
    return setPaused(clientId, false);
  }

  private boolean setPaused(String clientId, boolean paused) {
    OutboxItem item = items.find(clientId);
    if (item == null || item.upload() == null || isPaused(item) == paused) {
      return false;
    }
    UploadState state = stateOf(item).paused(paused);
    OutboxItem next = item.with(item.request(), state.json());
    items.replace(next);
    if (paused) {
      transfers.uploads().stop(clientId);
    }
    emit(next, state.sent(), paused ? Upload.State.PAUSED : Upload.State.WAITING);
    items.scheduleAtOnce(item.conversationId());
    return true;
  }

  /** The message was given up. */
  void discard(OutboxItem item) {
    String upload = item.upload();
    if (upload == null) {
      return;
    }
    transfers.uploads().stop(item.clientId());
    UploadState state = UploadState.parse(upload);
    String url = state.url();
    if (url != null) {
      transfers.uploads().giveUp(url, requester.userToken());
    }
    emit(item, state.sent(), Upload.State.FAILED);
  }

  void close() {
    transfers.uploads().stopAll();
  }

  @Override
  public void handleMoved(String clientId, UploadState state) {
    OutboxItem item = items.find(clientId);
    if (item != null) {
      items.replace(item.with(item.request(), state.json()));
      emit(item, state.sent(), Upload.State.UPLOADING);
    }
  }

  @Override
  public void handleSent(String clientId, long sent) {
    OutboxItem item = items.find(clientId);
    if (item != null && item.upload() != null) {
      emit(item, sent, Upload.State.UPLOADING);
    }
  }

  /** The message is to say what the server knows of the file, and to have what opens it. */
  @Override
  public void handleUp(String clientId, String fileId) {
    OutboxItem item = items.find(clientId);
    if (item == null) {
      return;
    }
    ObjectNode token = Json.object().put("file_id", fileId);
    token.putArray("access").add("read");
    token.putObject("grant").put("conversation_id", item.conversationId());
    CompletableFuture<JsonNode> info =
        requester.request("fss.file.get", Json.object().put("file_id", fileId));
    var unused =
        requester
            .request("fss.token.create", token)
            .thenCombine(info, (made, known) -> body(item, fileId, made, known))
            .whenComplete(
                (body, failure) -> {
                  if (failure == null) {
                    handleComplete(clientId, body);
                  } else {
                    handleUploadFailed(clientId, Failures.of(failure));
                  }
                });
  }

  private static ObjectNode body(OutboxItem item, String fileId, JsonNode made, JsonNode known) {
    ObjectNode body = (ObjectNode) Json.read(item.request()).path("body");
    body.put("file_id", fileId).put("file_token", Json.required(made, "file_token"));
    for (String field : new String[] {"size", "mime_type", "width", "height"}) {
      if (known.has(field)) {
        body.set(field, known.get(field));
      }
    }
    return body;
  }

  private void handleComplete(String clientId, ObjectNode body) {
    OutboxItem item = items.find(clientId);
    if (item == null || item.upload() == null) {
      return;
    }
    UploadState state = stateOf(item);
    ObjectNode request = (ObjectNode) Json.read(item.request());
    request.set("body", body);
    items.replace(item.with(request.toString(), null));
    emit(item, state.size(), Upload.State.DONE);
    items.scheduleAtOnce(item.conversationId());
  }

  @Override
  public void handleUploadFailed(String clientId, JovialException failure) {
    OutboxItem item = items.find(clientId);
    if (item == null || item.upload() == null) {
      return;
    }
    items.handleFileFailure(clientId, failure);
    OutboxItem after = items.find(clientId);
    boolean failed = after != null && after.error() != null;
    emit(item, stateOf(item).sent(), failed ? Upload.State.FAILED : Upload.State.WAITING);
  }

  private void emit(OutboxItem item, long sent, Upload.State state) {
    String upload = item.upload();
    long size = upload == null ? sent : UploadState.parse(upload).size();
    listeners.emit(
        Event.UPLOAD, () -> new Upload(item.clientId(), item.conversationId(), sent, size, state));
  }
}
