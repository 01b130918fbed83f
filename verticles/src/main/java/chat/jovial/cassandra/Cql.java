package chat.jovial.cassandra;

/**
 * Name of a statement, with its text. A service declares its statements as an enum of these:
 *
 * <pre>
 * enum FileStatement implements Cql {
 *   SELECT("SELECT size FROM $files WHERE file_id = ?"),
 * </pre>
 */
public interface Cql {
  /**
   * The statement, with {@code $} before the name of each table. A marker that is not named after
   * its column, because a column occurs twice or there is none, has a name: {@code :max}.
   */
  String cql();
}
