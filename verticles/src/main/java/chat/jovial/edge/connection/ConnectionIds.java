package chat.jovial.edge.connection;

import chat.jovial.contract.Ids;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Names connections, unlike any other in the cluster and in time. Any thread. */
public final class ConnectionIds {
  private static final int RADIX = 36;

  private final String prefix = Ids.text(UUID.randomUUID()).substring(0, 12) + "-";
  private final AtomicLong last = new AtomicLong();

  String next() {
    return prefix + Long.toString(last.incrementAndGet(), RADIX);
  }
}
