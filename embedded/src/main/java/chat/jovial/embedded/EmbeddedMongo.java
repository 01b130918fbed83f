package chat.jovial.embedded;

import de.bwaldvogel.mongo.MongoServer;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * MongoDB wire server in this process, with its data in one file. A write is on disk before it is
 * acknowledged; concurrent writes share a commit.
 */
public final class EmbeddedMongo implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedMongo.class);

  /** A worker blocks while its command commits: as many commands can share one commit. */
  private static final int WORKER_THREADS = 16;

  private static final int MIN_FREE_MIB = 64;

  private static final String PORT_SETTING = "JOVIAL_MONGO_PORT";

  private final MongoServer server;
  private final MongoFile file;
  private final InetSocketAddress address;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedMongo(MongoServer server, MongoFile file, InetSocketAddress address) {
    this.server = server;
    this.file = file;
    this.address = address;
  }

  /**
   * Starts it on its own thread; completes when clients may connect. Fails with an {@link
   * EmbeddedStoreException} whose message is for the operator.
   */
  public static CompletableFuture<EmbeddedMongo> start(MongoSettings settings) {
    CompletableFuture<EmbeddedMongo> started = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                started.complete(open(settings));
              } catch (RuntimeException | Error e) {
                started.completeExceptionally(e);
              }
            },
            "mongo-start");
    thread.setDaemon(true);
    thread.start();
    return started;
  }

  /** For {@code MongoClient}: {@code mongodb://HOST:PORT}. */
  public String connectionString() {
    return "mongodb://" + address.getHostString() + ":" + address.getPort();
  }

  /**
   * Completes with the reason when the file can no longer be written. The server must stop then.
   */
  public CompletableFuture<EmbeddedStoreException> failed() {
    return file.failed().copy();
  }

  /** Closes the connections and the file. Blocks for about a second; a second call does nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      file.close();
      server.shutdownNow();
      LOG.info("The embedded MongoDB server stopped");
    }
  }

  private static EmbeddedMongo open(MongoSettings settings) {
    Folders.create(settings.dataDirectory());
    Folders.requireFreeSpace(settings.dataDirectory(), MIN_FREE_MIB);
    if (settings.port() != 0) {
      Ports.requireFree("MongoDB server", settings.listenHost(), settings.port(), PORT_SETTING);
    }
    MongoFile file = MongoFile.open(settings);
    DurableMongoBackend backend = new DurableMongoBackend(file.store(), file.commits());
    MongoServer server = new MongoServer(backend);
    try {
      server.bind(new InetSocketAddress(settings.listenHost(), settings.port()), 1, WORKER_THREADS);
    } catch (Exception e) { // Netty throws the checked BindException without declaring it.
      file.close();
      server.shutdownNow();
      throw Ports.busy("MongoDB server", settings.listenHost(), settings.port(), PORT_SETTING, e);
    }
    file.everyMinute(new MongoExpiry(backend, Clock.systemUTC())::sweep);
    return new EmbeddedMongo(
        server,
        file,
        new InetSocketAddress(settings.listenHost(), server.getLocalAddress().getPort()));
  }
}
