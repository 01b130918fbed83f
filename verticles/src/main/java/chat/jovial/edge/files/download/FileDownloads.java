package chat.jovial.edge.files.download;

import chat.jovial.access.FileTokenVerifier;
import chat.jovial.contract.Caller;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.fss.FileInfo;
import chat.jovial.contract.fss.Thumbnail;
import chat.jovial.edge.files.ChunkCalls;
import chat.jovial.edge.files.DownloadLimits;
import chat.jovial.edge.files.FileAccessGateway;
import chat.jovial.edge.files.FileCookie;
import chat.jovial.edge.files.UserPermits;
import chat.jovial.edge.files.download.FileReads.Readable;
import chat.jovial.edge.network.Channels;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET} and {@code HEAD} of files and their previews, and the cookie for pages. One for each
 * node; a request stays on its event loop.
 */
public final class FileDownloads {
  private static final Logger LOG = LoggerFactory.getLogger(FileDownloads.class);

  private static final int NOT_MODIFIED = 304;
  private static final int NO_CONTENT = 204;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private static final String FILE = "/files/:file_id";
  private static final String COOKIE = FileCookie.PATH + "/cookie";

  private final FileAccessGateway gateway;
  private final FileReads files;
  private final DownloadLimits limits;
  private final UserPermits permits;
  private final DownloadMetrics metrics;
  private final Clock clock;

  public FileDownloads(
      FileAccessGateway gateway,
      FileTokenVerifier tokens,
      DownloadLimits limits,
      MeterRegistry registry,
      Clock clock) {
    this.gateway = gateway;
    this.files = new FileReads(gateway, tokens);
    this.limits = limits;
    this.permits = new UserPermits("downloads", limits.downloads(), limits.downloadsPerUser());
    this.metrics = new DownloadMetrics(registry);
    this.clock = clock;
  }

  /** Adds the routes of one event loop. */
  public void mount(Router router, Vertx vertx, ChunkCalls calls) {
    router.post(COOKIE).handler(this::giveCookie);
    router.delete(COOKIE).handler(this::removeCookie);
    router
        .route(FILE)
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(
            context ->
                read(
                    context,
                    (reader, file, request) -> sendFile(vertx, calls, reader, file, request)));
    router
        .route(FILE + "/thumbnail")
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(context -> read(context, (reader, file, request) -> sendThumbnail(file, request)));
  }

  /** What is done with a file for a user who may read it. */
  private interface Sender {
    void send(Caller reader, Readable file, HttpServerRequest request);
  }

  private void read(RoutingContext context, Sender sender) {
    HttpServerRequest request = context.request();
    String fileId = context.pathParam("file_id");
    gateway
        .readerOf(request)
        .compose(
            reader ->
                files
                    .find(reader, fileId, request.getParam("token"))
                    .onSuccess(file -> sender.send(reader, file, request)))
        .onFailure(failure -> gateway.refuse(request, failure));
  }

  private void sendFile(
      Vertx vertx, ChunkCalls calls, Caller reader, Readable file, HttpServerRequest request) {
    FileInfo info = file.file().info();
    Etag etag = Etag.ofHash(info.sha256());
    if (answerIfKnown(request, etag)) {
      return;
    }
    String type = ContentTypes.sent(file.mimeType());
    // Ranges are defined for GET only (RFC 9110, 14.2).
    boolean ranged =
        request.method() == HttpMethod.GET && etag.allowsRange(request.getHeader("If-Range"));
    Optional<List<ByteRange>> ranges =
        ranged ? Ranges.of(request.getHeader("Range"), info.size()) : Optional.empty();
    if (ranges.isPresent() && ranges.get().isEmpty()) {
      refuseRange(request, info.size());
      return;
    }
    DownloadPlan plan =
        ranges
            .map(some -> DownloadPlan.of(some, type, info.size()))
            .orElseGet(() -> DownloadPlan.whole(type, info.size()));
    boolean inline =
        ContentTypes.isShown(file.mimeType()) && !"1".equals(request.getParam("download"));
    Runnable headers =
        () -> putHeaders(request.response(), plan, etag, Disposition.of(inline, info.name()), info);
    if (request.method() == HttpMethod.HEAD) {
      headers.run();
      request.response().end().onFailure(gone -> {});
      return;
    }
    String userId = reader.requireUser();
    try {
      permits.acquire(userId);
    } catch (JovialException e) {
      gateway.refuse(request, e);
      return;
    }
    new Download(
            vertx,
            request.response(),
            plan,
            chunk -> FileReads.chunk(calls, file.file(), chunk),
            limits.stallTimeout(),
            new Watched(request, userId, info.fileId(), headers))
        .start();
  }

  private static void putHeaders(
      HttpServerResponse response,
      DownloadPlan plan,
      Etag etag,
      String disposition,
      FileInfo info) {
    response.setStatusCode(plan.status());
    FileHeaders.put(response.headers(), etag);
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, plan.contentType())
        .putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(plan.length()))
        .putHeader(HttpHeaders.ACCEPT_RANGES, "bytes")
        .putHeader("Content-Disposition", disposition);
    if (plan.isOneRange()) {
      response.putHeader(
          HttpHeaders.CONTENT_RANGE,
          DownloadPlan.contentRange(plan.parts().get(0).range(), info.size()));
    }
  }

  private void sendThumbnail(Readable file, HttpServerRequest request) {
    FileInfo info = file.file().info();
    Etag etag = Etag.ofHash(info.sha256() + "-" + Thumbnail.MAX_SIDE);
    if (answerIfKnown(request, etag)) {
      return;
    }
    files
        .thumbnail(file.file())
        .onSuccess(
            thumbnail -> {
              HttpServerResponse response = request.response();
              FileHeaders.put(response.headers(), etag);
              response
                  .putHeader(HttpHeaders.CONTENT_TYPE, thumbnail.mimeType())
                  .putHeader(
                      HttpHeaders.CONTENT_LENGTH, Integer.toString(thumbnail.bytes().length()))
                  .putHeader("Content-Disposition", Disposition.of(true, null));
              (request.method() == HttpMethod.HEAD
                      ? response.end()
                      : response.end(Buffer.buffer(thumbnail.bytes().array())))
                  .onFailure(gone -> {});
            })
        .onFailure(failure -> gateway.refuse(request, failure));
  }

  /** Only after access was checked: also that nothing changed is told to readers only. */
  private static boolean answerIfKnown(HttpServerRequest request, Etag etag) {
    if (!etag.isIn(request.headers().getAll(HttpHeaders.IF_NONE_MATCH))) {
      return false;
    }
    FileHeaders.put(request.response().headers(), etag);
    request.response().setStatusCode(NOT_MODIFIED).end().onFailure(gone -> {});
    return true;
  }

  private void refuseRange(HttpServerRequest request, long size) {
    request.response().putHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
    gateway.refuse(
        request,
        RANGE_NOT_SATISFIABLE,
        JovialException.invalid("the range is beyond the end of the file"));
  }

  private void giveCookie(RoutingContext context) {
    HttpServerRequest request = context.request();
    gateway
        .tokenOf(request)
        .onSuccess(
            token -> {
              FileCookie.set(request, token, clock);
              endEmpty(request);
            })
        .onFailure(failure -> gateway.refuse(request, failure));
  }

  private void removeCookie(RoutingContext context) {
    FileCookie.remove(context.request());
    endEmpty(context.request());
  }

  private static void endEmpty(HttpServerRequest request) {
    request
        .response()
        .setStatusCode(NO_CONTENT)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end()
        .onFailure(gone -> {});
  }

  /** What becomes of one download. */
  private final class Watched implements Download.Watcher {
    private final HttpServerRequest request;
    private final String userId;
    private final String fileId;
    private final Runnable headers;

    Watched(HttpServerRequest request, String userId, String fileId, Runnable headers) {
      this.request = request;
      this.userId = userId;
      this.fileId = fileId;
      this.headers = headers;
      metrics.begun();
    }

    @Override
    public void begin() {
      headers.run();
    }

    @Override
    public void refuse(Throwable cause) {
      gateway.refuse(request, cause);
    }

    @Override
    public void broken(Throwable cause) {
      metrics.broken();
      LOG.warn("A download of file {} was broken off: {}", fileId, cause.getMessage());
      close();
    }

    @Override
    public void stalled() {
      metrics.stalled();
      close();
    }

    @Override
    public void sent(int bytes) {
      metrics.sent(bytes);
    }

    @Override
    public void end() {
      permits.release(userId);
      metrics.ended();
    }

    /** Without asking the handlers, which would wait until the reader has taken the rest. */
    private void close() {
      Channels.destroy(((ConnectionBase) request.connection()).channel());
    }
  }
}
