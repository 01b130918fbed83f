package chat.jovial.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Prepared statements of an enum, each found by its name. Immutable, any thread. */
public final class PreparedSet<E extends Enum<E> & Cql> {
  private final Map<E, PreparedStatement> statements;

  private PreparedSet(Map<E, PreparedStatement> statements) {
    this.statements = statements;
  }

  /** Prepares all statements of the enum, and refuses to start if the store refuses one. */
  public static <E extends Enum<E> & Cql> Future<PreparedSet<E>> prepare(
      CassandraStore store, Class<E> names) {
    return prepare(store::prepare, names);
  }

  /**
   * The same for another session.
   *
   * @param session prepares a statement, with {@code $} before the name of each table
   */
  public static <E extends Enum<E> & Cql> Future<PreparedSet<E>> prepare(
      Function<String, Future<PreparedStatement>> session, Class<E> names) {
    List<Future<PreparedStatement>> prepared = new ArrayList<>();
    for (E name : names.getEnumConstants()) {
      prepared.add(session.apply(name.cql()));
    }
    return Future.all(prepared)
        .map(
            done -> {
              Map<E, PreparedStatement> statements = new EnumMap<>(names);
              for (E name : names.getEnumConstants()) {
                statements.put(name, prepared.get(name.ordinal()).result());
              }
              return new PreparedSet<>(statements);
            });
  }

  /**
   * A statement whose values are to be set, by the names of their columns or markers. What is left
   * unset in an {@code INSERT} leaves its column as it is, without a tombstone.
   */
  public BoundStatementBuilder bind(E name) {
    return Objects.requireNonNull(statements.get(name)).boundStatementBuilder();
  }
}
