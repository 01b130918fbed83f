package chat.jovial.edge.connection;

import chat.jovial.edge.limits.ConnectionLimits;
import chat.jovial.edge.limits.EdgeLimits;
import chat.jovial.edge.limits.PartialBytes;
import chat.jovial.edge.network.TrustedProxies;
import chat.jovial.edge.operations.RevokedSessions;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Parts of the edge that the connections of a node share; all may be used from any thread.
 *
 * @param cutOff whether the node does not reach those that own conversations
 */
public record EdgeContext(
    EdgeLimits limits,
    Duration pingInterval,
    FrameDispatcher dispatcher,
    ConnectionRegistry registry,
    RevokedSessions revoked,
    ConnectionIds connectionIds,
    ConnectionLimits connections,
    TrustedProxies proxies,
    PartialBytes partialBytes,
    EdgeMetrics metrics,
    BooleanSupplier cutOff) {}
