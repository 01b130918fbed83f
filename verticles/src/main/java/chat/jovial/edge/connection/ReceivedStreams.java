package chat.jovial.edge.connection;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What has been received of each stream of pushes, so that one which was repeated is shown once.
 * Confined to one event loop.
 */
final class ReceivedStreams {
  /** A stream for each MDS verticle of each node; beyond it those not heard of longest go. */
  private static final int MAX_STREAMS = 1_024;

  private final Map<String, Long> lastByStream =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MAX_STREAMS;
        }
      };

  /** Whether this number comes for the first time; a stream's numbers come in order. */
  boolean isNew(String stream, long number) {
    Long last = lastByStream.get(stream);
    if (last != null && number <= last) {
      return false;
    }
    lastByStream.put(stream, number);
    return true;
  }
}
