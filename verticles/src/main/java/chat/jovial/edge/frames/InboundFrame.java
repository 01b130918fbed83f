package chat.jovial.edge.frames;

import chat.jovial.contract.Request;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A frame as a client wrote it; nothing in it is trusted.
 *
 * @param replyAddress where its sender waits for the answer
 * @param authorization the header of that name
 * @param appKey the header {@code X-App-Key}
 * @param request the body, if it was bound to the operation's record while it was read
 * @param body the body as a tree, if not
 * @param problem what is wrong with its envelope, if anything
 */
public record InboundFrame(
    @Nullable String type,
    @Nullable String address,
    @Nullable String replyAddress,
    @Nullable String authorization,
    @Nullable String appKey,
    @Nullable Request request,
    @Nullable JsonNode body,
    @Nullable String problem) {}
