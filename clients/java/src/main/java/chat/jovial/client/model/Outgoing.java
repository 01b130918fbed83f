package chat.jovial.client.model;

import java.util.concurrent.CompletableFuture;

/**
 * Request in the outbox, as the app follows it. It is on this device permanently before {@link
 * #queued} completes, and on the server before {@link #stored} does.
 */
public final class Outgoing {
  private final CompletableFuture<Void> queued = new CompletableFuture<>();
  private final CompletableFuture<Stored> stored = new CompletableFuture<>();
  private volatile String clientId;
  private volatile MessageState state = MessageState.QUEUED;

  /** For the kit. */
  public Outgoing(String clientId) {
    this.clientId = clientId;
  }

  /**
   * The id under which the server knows it, too. It changes at most once, when the server refused
   * the first because this device's clock is far ahead.
   */
  public String clientId() {
    return clientId;
  }

  /** {@code QUEUED}, {@code STORED} or {@code FAILED}; ticks beyond that are the message's. */
  public MessageState state() {
    return state;
  }

  /** When the device's store has it. */
  public CompletableFuture<Void> queued() {
    return queued.copy();
  }

  /**
   * When the server has stored it, which may be days later; fails with a {@link JovialException} if
   * the server refused it permanently or it was discarded. Completes on the kit's thread.
   */
  public CompletableFuture<Stored> stored() {
    return stored.copy();
  }

  /** For the kit. */
  public void handleQueued() {
    queued.complete(null);
  }

  /** For the kit. */
  public void handleNewId(String nextClientId) {
    clientId = nextClientId;
  }

  /** For the kit. */
  public void handleStored(Stored reply) {
    state = MessageState.STORED;
    queued.complete(null);
    stored.complete(reply);
  }

  /** For the kit: the client was closed; the item waits in the store for the next one. */
  public void handleClosed(RuntimeException reason) {
    queued.completeExceptionally(reason);
    stored.completeExceptionally(reason);
  }

  /** For the kit. */
  public void handleFailed(RuntimeException failure) {
    state = MessageState.FAILED;
    queued.completeExceptionally(failure);
    stored.completeExceptionally(failure);
  }
}
