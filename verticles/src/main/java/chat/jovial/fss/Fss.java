package chat.jovial.fss;

import chat.jovial.access.FileTokenVerifier;
import chat.jovial.access.KeyRing;
import chat.jovial.access.Memberships;
import chat.jovial.cassandra.CassandraStore;
import chat.jovial.contract.Ids;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.fss.chunk.ChunkStore;
import chat.jovial.fss.chunk.FileBytes;
import chat.jovial.fss.preview.Thumbnails;
import chat.jovial.fss.removal.FileQuota;
import chat.jovial.fss.removal.FileRemoval;
import chat.jovial.fss.scan.ClamdScanner;
import chat.jovial.fss.scan.MalwareScanner;
import chat.jovial.fss.scan.Scans;
import chat.jovial.fss.store.FssTables;
import chat.jovial.fss.upload.Completion;
import chat.jovial.fss.upload.FileTypes;
import chat.jovial.fss.upload.Uploads;
import chat.jovial.keys.DataKeys;
import chat.jovial.limits.DiskGuard;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.net.SocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Parts of the File Store System that the verticles of a node share. Any thread. */
public final class Fss {
  /** Signing takes UMS a millisecond, unless many wait. */
  private static final Duration SIGN_TIMEOUT = Duration.ofSeconds(5);

  /** Threads that look into files; what comes from anybody may keep one busy for a while. */
  private static final int WORKERS = 2;

  /** Half of the processors: previews leave room for messages. */
  private static final int PREVIEWS_AT_ONCE =
      Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  final Uploads uploads;
  final Files files;
  final FileBytes bytes;
  final FileTokens tokens;
  final Thumbnails thumbnails;
  final FileSweeper sweeper;
  final FssConfig config;
  final DiskGuard disk;
  private final ChunkStore chunks;
  private final WorkerExecutor workers;
  private final WorkerExecutor decoders;

  private Fss(
      Vertx vertx,
      FssConfig config,
      FssTables tables,
      DataKeys keys,
      DiskGuard disk,
      MeterRegistry metrics,
      Clock clock) {
    TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();
    this.config = config;
    this.disk = disk;
    this.chunks = tables.chunks();
    this.workers = vertx.createSharedWorkerExecutor("jovial-files", WORKERS);
    this.decoders = vertx.createSharedWorkerExecutor("jovial-previews", PREVIEWS_AT_ONCE);
    this.bytes = new FileBytes(tables.chunks(), keys);
    FileQuota quota = new FileQuota(vertx, tables.sizes(), config, metrics);
    FileRemoval removal = new FileRemoval(tables, quota, clock);
    Optional<MalwareScanner> scanner =
        config
            .scanner()
            .map(address -> new ClamdScanner(vertx, address(address), bytes, config.scanTimeout()));
    Scans scans = new Scans(scanner, tables, removal, clock);
    Completion completion =
        new Completion(tables, bytes, quota, new FileTypes(workers), scans, removal, clock);
    ServiceClient services = new ServiceClient(vertx.eventBus(), SIGN_TIMEOUT);
    Memberships memberships = new Memberships();
    FileTokenVerifier verifier =
        new FileTokenVerifier(new KeyRing(vertx, services, clock), memberships, clock);
    this.files = new Files(tables.files(), removal, memberships, verifier);
    this.tokens = new FileTokens(files, memberships, services, config.tokenLifetime());
    this.thumbnails = new Thumbnails(tables, bytes, decoders, config, PREVIEWS_AT_ONCE, metrics);
    this.sweeper = new FileSweeper(tables, quota, removal, scans, config, clock);
    this.uploads =
        new Uploads(
            tables,
            bytes,
            quota,
            completion,
            removal,
            () -> Ids.text(ids.generate()),
            config.unfinishedAfter(),
            clock);
  }

  /** Leaves nothing open when it fails. */
  public static Future<Fss> start(
      Vertx vertx,
      CassandraStore store,
      DataKeys keys,
      FssConfig config,
      DiskGuard disk,
      MeterRegistry metrics,
      Clock clock) {
    return FssTables.open(vertx, store, keys)
        .map(tables -> new Fss(vertx, config, tables, keys, disk, metrics, clock));
  }

  /** Has requests for chunks go straight to a node of Cassandra that has them. */
  public Future<Void> routeByToken() {
    return chunks.routeByToken();
  }

  /** After the verticles have stopped. */
  public Future<Void> close() {
    return Future.join(workers.close(), decoders.close(), chunks.close()).mapEmpty();
  }

  private static SocketAddress address(String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    return SocketAddress.inetSocketAddress(
        Integer.parseInt(hostAndPort.substring(colon + 1)), hostAndPort.substring(0, colon));
  }
}
