package chat.jovial.client.log;

import chat.jovial.client.model.Outgoing;
import chat.jovial.client.store.OutboxItem;

/** Request in the outbox, and what this process knows of its attempts. Confined to the executor. */
final class QueuedRequest {
  OutboxItem item;
  final Outgoing outgoing;

  /** Whether the server may have it: known only of what this process queued. */
  boolean sentBefore;

  int internalErrors;

  QueuedRequest(OutboxItem item, Outgoing outgoing, boolean sentBefore) {
    this.item = item;
    this.outgoing = outgoing;
    this.sentBefore = sentBefore;
  }
}
