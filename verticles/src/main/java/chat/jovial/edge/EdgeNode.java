package chat.jovial.edge;

import chat.jovial.edge.files.FilesNode;
import java.time.Clock;
import java.util.function.BooleanSupplier;

/** What the event loops of a node share; everything in it may be used from any thread. */
record EdgeNode(
    EdgeConfig config,
    OperationGate gate,
    SessionHub hub,
    PresenceHub presence,
    PresenceWatchers watchers,
    FilesNode files,
    ConnectionLimits connections,
    ConnectionIds connectionIds,
    EdgeMetrics metrics,
    Clock clock,
    BooleanSupplier cutOff) {

  EdgeLimits limits() {
    return config.limits();
  }
}
