package chat.jovial.embedded;

import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.MongoServerException;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import io.netty.channel.Channel;
import java.util.Locale;
import java.util.Set;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backend on disk, with a commit before each answer. The stock one commits about once a second,
 * so that a killed server would lose users whose registration it had acknowledged.
 *
 * <p>Called on the server's worker threads, which block until the commit is done.
 */
final class DurableMongoBackend extends H2Backend {
  private static final Logger LOG = LoggerFactory.getLogger(DurableMongoBackend.class);

  /** Commands that change nothing. One that is missing here only costs a commit. */
  private static final Set<String> READS =
      Set.of(
          "aggregate",
          "buildinfo",
          "collstats",
          "connectionstatus",
          "count",
          "dbstats",
          "distinct",
          "endsessions",
          "find",
          "getmore",
          "hello",
          "hostinfo",
          "ismaster",
          "killcursors",
          "listcollections",
          "listdatabases",
          "listindexes",
          "ping",
          "serverstatus",
          "validate",
          "whatsmyuri");

  private static final Set<String> WRITING_STAGES = Set.of("$out", "$merge");

  /** Time for a last compaction of the file, so that a stop stays short. */
  private static final int CLOSE_COMPACTION_MILLIS = 1000;

  private final GroupCommit commits;

  DurableMongoBackend(MVStore store, GroupCommit commits) {
    super(store);
    this.commits = commits;
  }

  @Override
  public Document handleCommand(Channel channel, String database, String command, Document query) {
    try {
      return isRead(command, query)
          ? commits.read(() -> super.handleCommand(channel, database, command, query))
          : commits.write(() -> super.handleCommand(channel, database, command, query));
    } catch (MongoServerException e) {
      // Answered here, because the wire handler would log the whole command: password hashes too.
      return errorResponse(e);
    }
  }

  @Override
  public QueryResult handleQuery(MongoQuery query) {
    return commits.read(() -> super.handleQuery(query));
  }

  @Override
  public void close() {
    try {
      getMvStore().close(CLOSE_COMPACTION_MILLIS);
    } catch (MVStoreException e) {
      // Everything was committed long before. With assertions on, H2 fails one of its own now and
      // then while it moves what is left to the front of the file.
      LOG.warn("The file of the embedded MongoDB server was closed without being compacted", e);
      getMvStore().closeImmediately();
    }
    super.close();
  }

  /** Names of the databases, for the sweep of expired documents. */
  Set<String> databaseNames() {
    return Set.copyOf(listDatabaseNames());
  }

  private static boolean isRead(String command, Document query) {
    if (!READS.contains(command.toLowerCase(Locale.ROOT))) {
      return false;
    }
    // An aggregation writes if it has a stage that does; looking at the text is enough.
    return !command.equalsIgnoreCase("aggregate")
        || WRITING_STAGES.stream().noneMatch(stage -> query.toString().contains(stage));
  }

  private static Document errorResponse(MongoServerException exception) {
    Document response = new Document("ok", 0);
    response.put("errmsg", exception.getMessageWithoutErrorCode());
    if (exception instanceof MongoServerError error) {
      response.put("code", error.getCode());
      response.putIfNotNull("codeName", error.getCodeName());
    }
    return response;
  }
}
