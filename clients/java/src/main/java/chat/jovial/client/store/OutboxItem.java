package chat.jovial.client.store;

import org.jspecify.annotations.Nullable;

/**
 * Something that this device wants stored.
 *
 * @param position its place in the order of queueing
 * @param operation {@code mds.send}, {@code mds.edit}, {@code mds.redact} or {@code mds.react}
 * @param request the request as JSON, without {@code retry}
 * @param error why the server refused it for good; null while it waits
 */
public record OutboxItem(
    long position,
    String clientId,
    String conversationId,
    String operation,
    String request,
    @Nullable String error) {}
