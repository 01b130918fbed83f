package chat.jovial.edge.files;

import chat.jovial.access.Memberships;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.List;
import java.util.Set;

/** What the event loops of a node share about files, and the routes of each. */
public final class FilesNode {
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

  private final FilesDoor door;
  private final PatientDoor store;
  private final UploadPlaces places;
  private final FileLimits limits;
  private final Slots uploads;
  private final ChunkCalls calls;
  private final RunningHashes hashes = new RunningHashes();
  private final FileDownloads downloads;

  public FilesNode(
      Vertx vertx,
      FilesDoor door,
      FileLimits limits,
      Memberships memberships,
      FileDownloads downloads,
      DownloadLimits downloadLimits,
      MeterRegistry registry) {
    this.door = door;
    this.places = new UploadPlaces(door, memberships);
    this.store = new PatientDoor(vertx, door);
    this.calls =
        new ChunkCalls(
            door,
            store,
            ChunkWriter.MAX_UNANSWERED * limits.uploads(),
            // An upload that is completed elsewhere than it began reads what is stored.
            Download.MAX_AHEAD * downloadLimits.downloads() + limits.uploads(),
            registry);
    this.limits = limits;
    this.uploads = new Slots("uploads", limits.uploads(), limits.uploadsPerUser());
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
    Refusals refusals = new Refusals(door);
    Receiver receiver = new Receiver(vertx, store, calls, hashes, limits.stallTimeout());
    FileUploads posts = new FileUploads(door, limits, uploads, places, receiver, refusals);
    TusApi tus = new TusApi(door, store, limits, uploads, places, receiver, refusals);
    router.post(FILES).handler(request -> posts.handle(request.request()));
    router.route(TusApi.PATH).handler(request -> tus.handle(request.request(), null));
    router
        .route(TusApi.PATH + "/:file")
        .handler(request -> tus.handle(request.request(), request.pathParam("file")));
    downloads.mount(router, vertx, calls);
  }
}
