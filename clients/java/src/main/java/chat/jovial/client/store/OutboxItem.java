package chat.jovial.client.store;

import org.jspecify.annotations.Nullable;

/**
 * Item of the outbox: a request that the server has not answered yet.
 *
 * @param position its place in the order of queueing
 * @param operation {@code mds.send}, {@code mds.edit}, {@code mds.redact} or {@code mds.react}
 * @param request the request as JSON, without {@code retry}
 * @param error why the server refused it permanently; null while it waits
 * @param upload the file that must be on the server before it can be sent, and how far that is, as
 *     JSON; null if there is none, or it is there
 */
public record OutboxItem(
    long position,
    String clientId,
    String conversationId,
    String operation,
    String request,
    @Nullable String error,
    @Nullable String upload) {
  /** Without a file. */
  public OutboxItem(
      long position,
      String clientId,
      String conversationId,
      String operation,
      String request,
      @Nullable String error) {
    this(position, clientId, conversationId, operation, request, error, null);
  }

  /** The same at the end of the outbox, without an outcome. */
  public OutboxItem again(long nextPosition) {
    return new OutboxItem(nextPosition, clientId, conversationId, operation, request, null, upload);
  }

  /** The same with another outcome. */
  public OutboxItem withError(@Nullable String why) {
    return new OutboxItem(position, clientId, conversationId, operation, request, why, upload);
  }

  /** The same with what has become of its file. */
  public OutboxItem with(String nextRequest, @Nullable String nextUpload) {
    return new OutboxItem(
        position, clientId, conversationId, operation, nextRequest, error, nextUpload);
  }
}
