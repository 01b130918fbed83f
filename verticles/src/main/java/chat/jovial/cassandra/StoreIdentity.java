package chat.jovial.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Identity of the store's past. It changes when a backup was restored: then a seq that a device has
 * may come to mean another entry, and the device must read again what it has. (See the ADR on
 * restored backups.) Any thread.
 */
public final class StoreIdentity {
  /** For which an identity that was read is given out: a restore is noticed by then. */
  static final Duration FRESH = Duration.ofSeconds(5);

  private final CassandraClient client;
  private final String select;
  private final String insert;
  private final String update;
  private final Clock clock;
  private volatile @Nullable Known known;

  private record Known(String id, Instant readAt) {}

  public StoreIdentity(CassandraStore store, Clock clock) {
    this.client = store.client();
    this.clock = clock;
    this.select = store.withKeyspace("SELECT id FROM $store_identity WHERE one = 1");
    this.insert =
        store.withKeyspace("INSERT INTO $store_identity (one, id) VALUES (1, ?) IF NOT EXISTS");
    this.update = store.withKeyspace("UPDATE $store_identity SET id = ? WHERE one = 1 IF EXISTS");
  }

  /** The identity, a few seconds old at most; made if there is none yet. */
  public Future<String> current() {
    Known last = known;
    Instant now = clock.instant();
    return last != null && now.isBefore(last.readAt().plus(FRESH)) && !now.isBefore(last.readAt())
        ? Future.succeededFuture(last.id())
        : read().onSuccess(id -> known = new Known(id, now));
  }

  /** Gives the store another identity, and returns it. */
  public Future<String> renew() {
    String id = UUID.randomUUID().toString();
    return read().compose(old -> client.execute(SimpleStatement.newInstance(update, id))).map(id);
  }

  private Future<String> read() {
    return client
        .executeWithFullFetch(SimpleStatement.newInstance(select))
        .compose(rows -> rows.isEmpty() ? create() : Future.succeededFuture(idOf(rows)));
  }

  /** Whoever is first decides. */
  private Future<String> create() {
    return client
        .executeWithFullFetch(SimpleStatement.newInstance(insert, UUID.randomUUID().toString()))
        .compose(done -> client.executeWithFullFetch(SimpleStatement.newInstance(select)))
        .map(StoreIdentity::idOf);
  }

  private static String idOf(List<Row> rows) {
    return String.valueOf(rows.get(0).getString("id"));
  }
}
