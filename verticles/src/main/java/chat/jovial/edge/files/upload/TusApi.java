package chat.jovial.edge.files.upload;

import chat.jovial.contract.Caller;
import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.FssOperations;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.fss.AcquireUpload;
import chat.jovial.contract.fss.AcquiredUpload;
import chat.jovial.contract.fss.CreateUpload;
import chat.jovial.contract.fss.EndUpload;
import chat.jovial.contract.fss.GetUpload;
import chat.jovial.contract.fss.SetUploadLength;
import chat.jovial.contract.fss.Upload;
import chat.jovial.edge.files.FileAccessGateway;
import chat.jovial.edge.files.FileLimits;
import chat.jovial.edge.files.RetryingFileClient;
import chat.jovial.edge.files.UserPermits;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /files/tus}: resumable uploads by tus 1.0, with its extensions creation,
 * creation-defer-length, checksum, termination and expiration. The last byte completes the file.
 */
public final class TusApi {
  public static final String PATH = "/files/tus";
  private static final String EXTENSIONS =
      "creation,creation-defer-length,checksum,termination,expiration";

  /** A writer has two chunks on their way, and the end of its request. */
  private static final int MAX_PENDING_CHECKS = 5;

  private static final int CREATED = 201;
  private static final int NO_CONTENT = 204;

  private final FileAccessGateway gateway;
  private final RetryingFileClient client;
  private final FileLimits limits;
  private final UserPermits permits;
  private final UploadTargets targets;
  private final UploadReceiver receiver;
  private final UploadRefusals refusals;

  public TusApi(
      FileAccessGateway gateway,
      RetryingFileClient client,
      FileLimits limits,
      UserPermits permits,
      UploadTargets targets,
      UploadReceiver receiver,
      UploadRefusals refusals) {
    this.gateway = gateway;
    this.client = client;
    this.limits = limits;
    this.permits = permits;
    this.targets = targets;
    this.receiver = receiver;
    this.refusals = refusals;
  }

  /**
   * @param fileId null for a request about no upload yet
   */
  public void handle(HttpServerRequest request, @Nullable String fileId) {
    request.pause();
    request.response().putHeader(TusHeaders.RESUMABLE, TusHeaders.VERSION);
    String override = request.getHeader("X-HTTP-Method-Override");
    String method = override == null ? request.method().name() : override;
    if (method.equals("OPTIONS")) {
      describe(request);
    } else if (!TusHeaders.VERSION.equals(request.getHeader(TusHeaders.RESUMABLE))) {
      request.response().putHeader("Tus-Version", TusHeaders.VERSION);
      refusals.sendVersion(request);
    } else if (method.equals("PATCH") && !isBody(request)) {
      refusals.sendMediaType(request);
    } else {
      gateway
          .userOf(request)
          .compose(caller -> answer(request, method, caller, fileId))
          .onSuccess(response -> finish(request, response))
          .onFailure(failure -> refusals.send(request, failure));
    }
  }

  private static void finish(HttpServerRequest request, HttpServerResponse response) {
    response.end().onFailure(gone -> request.connection().close());
    // A body that nobody asked for is thrown away.
    request.resume();
  }

  private static boolean isBody(HttpServerRequest request) {
    return TusHeaders.BODY_TYPE.equalsIgnoreCase(request.getHeader(HttpHeaders.CONTENT_TYPE));
  }

  private void describe(HttpServerRequest request) {
    request
        .response()
        .setStatusCode(NO_CONTENT)
        .putHeader("Tus-Version", TusHeaders.VERSION)
        .putHeader("Tus-Max-Size", Long.toString(limits.maxBytes()))
        .putHeader("Tus-Extension", EXTENSIONS)
        .putHeader("Tus-Checksum-Algorithm", Checksum.NAMES)
        .end()
        .onFailure(gone -> request.connection().close());
  }

  private Future<HttpServerResponse> answer(
      HttpServerRequest request, String method, Caller caller, @Nullable String fileId) {
    if (fileId == null) {
      return method.equals("POST") ? create(request, caller) : wrongMethod();
    }
    return switch (method) {
      case "HEAD" -> head(request, caller, fileId);
      case "PATCH" -> append(request, caller, fileId);
      case "DELETE" -> end(request, caller, fileId);
      default -> wrongMethod();
    };
  }

  private static <T> Future<T> wrongMethod() {
    return Future.failedFuture(
        JovialException.invalid("use POST to begin an upload, then HEAD, PATCH or DELETE"));
  }

  private Future<HttpServerResponse> create(HttpServerRequest request, Caller caller) {
    Long length = TusHeaders.number(request, TusHeaders.UPLOAD_LENGTH);
    boolean deferred = "1".equals(request.getHeader(TusHeaders.UPLOAD_DEFER_LENGTH));
    if ((length == null) != deferred) {
      throw JovialException.invalid("give Upload-Length, or Upload-Defer-Length: 1");
    }
    FileUploads.checkLength(length, limits.maxBytes());
    Map<String, String> metadata =
        TusHeaders.metadata(request.getHeader(TusHeaders.UPLOAD_METADATA));
    return targets
        .of(caller, metadata.get("conversation_id"), metadata.get("user_id"))
        .compose(
            place ->
                gateway.ask(
                    FssOperations.UPLOAD_CREATE,
                    new CreateUpload(
                        place,
                        blankAsNone(metadata, "filename"),
                        blankAsNone(metadata, "filetype"),
                        length)))
        .compose(this::completeIfWhole)
        .map(
            upload -> {
              HttpServerResponse response =
                  request
                      .response()
                      .setStatusCode(CREATED)
                      .putHeader(HttpHeaders.LOCATION, PATH + "/" + upload.fileId());
              TusHeaders.putExpiry(response, upload.expiresAt());
              return response;
            });
  }

  private static @Nullable String blankAsNone(Map<String, String> metadata, String name) {
    String value = metadata.get(name);
    return value == null || value.isBlank() ? null : value;
  }

  private Future<HttpServerResponse> head(HttpServerRequest request, Caller caller, String fileId) {
    return find(caller, fileId)
        .compose(upload -> finishPending(caller, upload, 1))
        .map(
            upload -> {
              HttpServerResponse response =
                  request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
              putOffset(response, upload, upload.offset());
              if (upload.length() == null) {
                response.putHeader(TusHeaders.UPLOAD_DEFER_LENGTH, "1");
              } else {
                response.putHeader(TusHeaders.UPLOAD_LENGTH, Long.toString(upload.length()));
              }
              return response;
            });
  }

  private Future<HttpServerResponse> append(
      HttpServerRequest request, Caller caller, String fileId) {
    Long offset = TusHeaders.number(request, TusHeaders.UPLOAD_OFFSET);
    if (offset == null) {
      throw JovialException.invalid("Upload-Offset is missing");
    }
    Checksum checksum = Checksum.of(request.getHeader(TusHeaders.UPLOAD_CHECKSUM));
    Long length = TusHeaders.number(request, TusHeaders.UPLOAD_LENGTH);
    FileUploads.checkLength(length, limits.maxBytes());
    String userId = caller.requireUser();
    permits.acquire(userId);
    return setLength(caller, fileId, length)
        .compose(set -> acquire(caller, fileId, offset))
        .compose(acquired -> receive(request, caller, acquired, checksum))
        .onComplete(done -> permits.release(userId));
  }

  private Future<HttpServerResponse> receive(
      HttpServerRequest request,
      Caller caller,
      AcquiredUpload acquired,
      @Nullable Checksum checksum) {
    Upload upload = acquired.upload();
    Long length = upload.length();
    long room = (length == null ? limits.maxBytes() : length) - upload.offset();
    TusHeaders.letContinue(request);
    return receiver
        .receive(request, acquired, room, checksum)
        .compose(
            offset ->
                length != null && offset.equals(length)
                    ? receiver.complete(upload, offset).map(offset)
                    : checkStillWriter(caller, upload).map(offset))
        .map(
            offset -> {
              HttpServerResponse response = request.response().setStatusCode(NO_CONTENT);
              putOffset(response, upload, offset);
              return response;
            });
  }

  /** What was stored counts only if nobody had acquired the upload over before the last of it. */
  private Future<Upload> checkStillWriter(Caller caller, Upload upload) {
    return find(caller, upload.fileId())
        .compose(
            now ->
                now.epoch() == upload.epoch()
                    ? Future.succeededFuture(now)
                    : Future.failedFuture(
                        JovialException.conflict(
                            "another connection has acquired this upload over")));
  }

  private Future<?> setLength(Caller caller, String fileId, @Nullable Long length) {
    return length == null
        ? Future.succeededFuture()
        : client.ask(
            FssOperations.UPLOAD_LENGTH,
            new SetUploadLength(caller.requireApp(), caller.requireUser(), fileId, length));
  }

  private Future<HttpServerResponse> end(HttpServerRequest request, Caller caller, String fileId) {
    EndUpload end = new EndUpload(caller.requireApp(), caller.requireUser(), fileId);
    return gateway
        .ask(FssOperations.UPLOAD_END, end)
        .map(ended -> request.response().setStatusCode(NO_CONTENT));
  }

  private Future<Upload> find(Caller caller, String fileId) {
    return client.ask(
        FssOperations.UPLOAD_FIND,
        new GetUpload(caller.requireApp(), caller.requireUser(), fileId));
  }

  private Future<AcquiredUpload> acquire(Caller caller, String fileId, long offset) {
    return client.ask(
        FssOperations.UPLOAD_TAKE,
        new AcquireUpload(caller.requireApp(), caller.requireUser(), fileId, offset));
  }

  /**
   * Who asks how far an upload has come is about to go on with it, often before the server has
   * noticed that the former connection is dead. It is acquired from that one, so that what is still
   * on its way does not move the offset that is told. Its last byte may be stored, too, and its
   * writer have died before it made a file of it.
   */
  private Future<Upload> finishPending(Caller caller, Upload upload, int tried) {
    if (upload.complete()) {
      return Future.succeededFuture(upload);
    }
    return acquire(caller, upload.fileId(), upload.offset())
        .compose(
            acquired -> completeIfWhole(acquired.upload()),
            failure ->
                tried < MAX_PENDING_CHECKS
                        && JovialException.of(failure).code() == ErrorCode.CONFLICT
                    ? find(caller, upload.fileId())
                        .compose(now -> finishPending(caller, now, tried + 1))
                    : Future.failedFuture(failure));
  }

  /** Of a length of 0 an upload is whole when it begins. */
  private Future<Upload> completeIfWhole(Upload upload) {
    return isWhole(upload)
        ? receiver.complete(upload, upload.offset()).map(upload)
        : Future.succeededFuture(upload);
  }

  private static boolean isWhole(Upload upload) {
    return upload.length() != null && upload.length() == upload.offset();
  }

  private static void putOffset(HttpServerResponse response, Upload upload, long offset) {
    response.putHeader(TusHeaders.UPLOAD_OFFSET, Long.toString(offset));
    if (!upload.complete()) {
      TusHeaders.putExpiry(response, upload.expiresAt());
    }
  }
}
