package chat.jovial.edge;

import chat.jovial.access.Memberships;
import chat.jovial.edge.files.ChunkCalls;
import chat.jovial.edge.files.DownloadLimits;
import chat.jovial.edge.files.FileAccessGateway;
import chat.jovial.edge.files.FileLimits;
import chat.jovial.edge.files.RetryingFileClient;
import chat.jovial.edge.files.UserPermits;
import chat.jovial.edge.files.download.Download;
import chat.jovial.edge.files.download.FileDownloads;
import chat.jovial.edge.files.upload.ChunkWriter;
import chat.jovial.edge.files.upload.FileUploads;
import chat.jovial.edge.files.upload.RunningHashes;
import chat.jovial.edge.files.upload.TusApi;
import chat.jovial.edge.files.upload.UploadReceiver;
import chat.jovial.edge.files.upload.UploadRefusals;
import chat.jovial.edge.files.upload.UploadTargets;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.List;
import java.util.Set;

/** Routes of uploads and downloads, and what the event loops of a node share about them. */
public final class FileRoutes {
  private static final String FILES = "/files";

  private static final Set<String> REQUEST_HEADERS =
      Set.of(
          "authorization",
          "content-type",
          "if-none-match",
          "if-range",
          "range",
          "tus-resumable",
          "upload-checksum",
          "upload-defer-length",
          "upload-length",
          "upload-metadata",
          "upload-offset",
          "x-http-method-override");
  private static final Set<String> RESPONSE_HEADERS =
      Set.of(
          "accept-ranges",
          "content-disposition",
          "content-range",
          "etag",
          "location",
          "retry-after",
          "tus-checksum-algorithm",
          "tus-extension",
          "tus-max-size",
          "tus-resumable",
          "tus-version",
          "upload-defer-length",
          "upload-expires",
          "upload-length",
          "upload-offset");

  private final FileAccessGateway gateway;
  private final RetryingFileClient client;
  private final UploadTargets targets;
  private final FileLimits limits;
  private final UserPermits uploads;
  private final ChunkCalls calls;
  private final RunningHashes hashes = new RunningHashes();
  private final FileDownloads downloads;

  public FileRoutes(
      Vertx vertx,
      FileAccessGateway gateway,
      FileLimits limits,
      Memberships memberships,
      FileDownloads downloads,
      DownloadLimits downloadLimits,
      MeterRegistry registry) {
    this.gateway = gateway;
    this.targets = new UploadTargets(gateway, memberships);
    this.client = new RetryingFileClient(vertx, gateway);
    this.calls =
        new ChunkCalls(
            gateway,
            client,
            ChunkWriter.MAX_UNANSWERED * limits.uploads(),
            // An upload that is completed elsewhere than it began reads what is stored.
            Download.MAX_AHEAD * downloadLimits.downloads() + limits.uploads(),
            registry);
    this.limits = limits;
    this.uploads = new UserPermits("uploads", limits.uploads(), limits.uploadsPerUser());
    this.downloads = downloads;
  }

  /** Lets pages from elsewhere use all of this, and read the headers that it answers with. */
  public static CorsHandler cors(List<String> origins) {
    return CorsHandler.create()
        .addOrigins(origins)
        .allowedMethods(
            Set.of(
                HttpMethod.GET,
                HttpMethod.HEAD,
                HttpMethod.POST,
                HttpMethod.PATCH,
                HttpMethod.DELETE))
        .allowedHeaders(REQUEST_HEADERS)
        .exposedHeaders(RESPONSE_HEADERS);
  }

  /** Adds the routes of one event loop. */
  public void mount(Router router, Vertx vertx) {
    UploadRefusals refusals = new UploadRefusals(gateway);
    UploadReceiver receiver =
        new UploadReceiver(vertx, client, calls, hashes, limits.stallTimeout());
    FileUploads posts = new FileUploads(gateway, limits, uploads, targets, receiver, refusals);
    TusApi tus = new TusApi(gateway, client, limits, uploads, targets, receiver, refusals);
    router.post(FILES).handler(request -> posts.handle(request.request()));
    router.route(TusApi.PATH).handler(request -> tus.handle(request.request(), null));
    router
        .route(TusApi.PATH + "/:file")
        .handler(request -> tus.handle(request.request(), request.pathParam("file")));
    downloads.mount(router, vertx, calls);
  }
}
