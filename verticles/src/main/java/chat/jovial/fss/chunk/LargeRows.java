package chat.jovial.fss.chunk;

import chat.jovial.cassandra.CassandraConfig;
import chat.jovial.cassandra.CassandraStore;
import chat.jovial.memory.ReusedArrays;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Separate session for rows of half a MiB, so that messages do not wait behind them. Rows are
 * decoded where they arrive, on the driver's thread: half a MiB that another thread reads has to
 * move from one core's cache to another's. Any thread.
 */
public final class LargeRows {
  /** A chunk of a file, with what encryption adds to it. */
  private static final int VALUE_BYTES = 512 * 1024 + 64;

  /** 16 MiB. */
  private static final int MAX_VALUES = 32;

  /**
   * Version 5 puts everything into segments of 128 KiB with a checksum each, which costs a fifth of
   * what a large row costs; TCP has a checksum, and what is large is authenticated besides.
   */
  private static final String PROTOCOL = "V4";

  private static final int THREADS = 1;

  private final Vertx vertx;
  private final CqlSession session;
  private final ReusedArrays values;

  private LargeRows(Vertx vertx, CqlSession session, ReusedArrays values) {
    this.vertx = vertx;
    this.session = session;
    this.values = values;
  }

  public static Future<LargeRows> open(Vertx vertx, CassandraConfig config) {
    ReusedArrays values = new ReusedArrays(VALUE_BYTES, MAX_VALUES);
    LargeRowsSessionBuilder builder = new LargeRowsSessionBuilder(values);
    CassandraStore.configure(
        builder,
        config,
        CassandraStore.options(config)
            .withString(DefaultDriverOption.PROTOCOL_VERSION, PROTOCOL)
            .withInt(DefaultDriverOption.NETTY_IO_SIZE, THREADS)
            .build());
    return Future.fromCompletionStage(builder.buildAsync(), vertx.getOrCreateContext())
        .map(session -> new LargeRows(vertx, session, values));
  }

  /**
   * What large values are read into; it may be written from as well. Who has read one and needs it
   * no more gives it back, or leaves it to the collector.
   */
  public ReusedArrays values() {
    return values;
  }

  public Future<PreparedStatement> prepare(String cql) {
    return future(session.prepareAsync(cql));
  }

  public Future<Void> execute(Statement<?> statement) {
    return future(session.executeAsync(statement)).mapEmpty();
  }

  /**
   * Reads all rows.
   *
   * @param made makes something of a row on the driver's thread; may not block
   */
  public <T> Future<List<T>> read(Statement<?> statement, Function<Row, T> made) {
    List<T> all = new ArrayList<>();
    return future(session.executeAsync(statement).thenCompose(page -> addAll(page, made, all)));
  }

  private static <T> CompletionStage<List<T>> addAll(
      AsyncResultSet page, Function<Row, T> made, List<T> all) {
    page.currentPage().forEach(row -> all.add(made.apply(row)));
    return page.hasMorePages()
        ? page.fetchNextPage().thenCompose(next -> addAll(next, made, all))
        : CompletableFuture.completedFuture(all);
  }

  /** Has requests go straight to a node that has what they ask for. */
  Future<Void> readSchema() {
    return future(session.setSchemaMetadataEnabled(true)).mapEmpty();
  }

  Future<Void> close() {
    return future(session.closeAsync());
  }

  private <T> Future<T> future(CompletionStage<T> stage) {
    return Future.fromCompletionStage(stage, vertx.getOrCreateContext())
        .recover(failure -> Future.failedFuture(withoutWrapping(failure)));
  }

  private static Throwable withoutWrapping(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
