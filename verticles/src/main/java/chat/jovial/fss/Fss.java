package chat.jovial.fss;

import chat.jovial.access.FileTokenVerifier;
import chat.jovial.access.KeyRing;
import chat.jovial.access.Memberships;
import chat.jovial.cassandra.CassandraStore;
import chat.jovial.contract.Ids;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.keys.DataKeys;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.net.SocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The parts of the file store on one node; its verticles share them. Any thread. */
public final class Fss {
  /** Signing takes UMS a millisecond, unless many wait. */
  private static final Duration SIGN_TIMEOUT = Duration.ofSeconds(5);

  /** Threads that look into files; what comes from anybody may keep one busy for a while. */
  private static final int WORKERS = 2;

  final Uploads uploads;
  final Files files;
  final FileBytes bytes;
  final FileTokens tokens;
  final Thumbnails thumbnails;
  final FileSweeper sweeper;
  final FssConfig config;
  private final WorkerExecutor workers;

  private Fss(
      Vertx vertx,
      FssConfig config,
      FileTable table,
      ChunkStore chunks,
      FileSizes sizes,
      FileTodo todo,
      ThumbnailTable thumbnailTable,
      DataKeys keys,
      Clock clock) {
    TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();
    this.config = config;
    this.workers = vertx.createSharedWorkerExecutor("jovial-files", WORKERS);
    this.bytes = new FileBytes(chunks, keys);
    FileQuota quota = new FileQuota(vertx, sizes, config);
    FileRemoval removal = new FileRemoval(table, chunks, thumbnailTable, todo, quota, clock);
    Optional<MalwareScanner> scanner =
        config
            .scanner()
            .map(address -> new ClamdScanner(vertx, address(address), bytes, config.scanTimeout()));
    Scans scans = new Scans(scanner, table, todo, removal, clock);
    Completion completion =
        new Completion(
            table, chunks, bytes, todo, quota, new FileTypes(workers), scans, removal, clock);
    ServiceClient services = new ServiceClient(vertx.eventBus(), SIGN_TIMEOUT);
    Memberships memberships = new Memberships();
    FileTokenVerifier verifier =
        new FileTokenVerifier(new KeyRing(vertx, services, clock), memberships, clock);
    this.files = new Files(table, removal, memberships, verifier);
    this.tokens = new FileTokens(files, memberships, services, config.tokenLifetime());
    this.thumbnails =
        new Thumbnails(
            table, thumbnailTable, bytes, workers, config.previewBytes(), config.previewPixels());
    this.sweeper = new FileSweeper(table, todo, quota, removal, scans, config, clock);
    this.uploads =
        new Uploads(
            table,
            chunks,
            bytes,
            todo,
            quota,
            completion,
            removal,
            () -> Ids.text(ids.generate()),
            config.unfinishedAfter(),
            clock);
  }

  public static Future<Fss> prepare(
      Vertx vertx, CassandraStore store, DataKeys keys, FssConfig config, Clock clock) {
    return Future.all(
            FileTable.prepare(store),
            ChunkStore.prepare(store),
            FileSizes.prepare(store),
            FileTodo.prepare(store),
            ThumbnailTable.prepare(store))
        .map(
            all ->
                new Fss(
                    vertx,
                    config,
                    all.resultAt(0),
                    all.resultAt(1),
                    all.resultAt(2),
                    all.resultAt(3),
                    all.resultAt(4),
                    keys,
                    clock));
  }

  public Future<Void> close() {
    return workers.close();
  }

  private static SocketAddress address(String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    return SocketAddress.inetSocketAddress(
        Integer.parseInt(hostAndPort.substring(colon + 1)), hostAndPort.substring(0, colon));
  }
}
