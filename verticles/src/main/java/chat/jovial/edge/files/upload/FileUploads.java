package chat.jovial.edge.files.upload;

import chat.jovial.contract.Bytes;
import chat.jovial.contract.Caller;
import chat.jovial.contract.FssOperations;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Json;
import chat.jovial.contract.fss.AcquiredUpload;
import chat.jovial.contract.fss.CreateUpload;
import chat.jovial.contract.fss.EndUpload;
import chat.jovial.contract.fss.FileInfo;
import chat.jovial.contract.fss.Upload;
import chat.jovial.edge.files.FileAccessGateway;
import chat.jovial.edge.files.FileLimits;
import chat.jovial.edge.files.UserPermits;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** {@code POST /files}: a file in one request. What is cut off is thrown away; tus resumes. */
public final class FileUploads {
  private static final int CREATED = 201;

  private final FileAccessGateway gateway;
  private final FileLimits limits;
  private final UserPermits permits;
  private final UploadTargets targets;
  private final UploadReceiver receiver;
  private final UploadRefusals refusals;

  public FileUploads(
      FileAccessGateway gateway,
      FileLimits limits,
      UserPermits permits,
      UploadTargets targets,
      UploadReceiver receiver,
      UploadRefusals refusals) {
    this.gateway = gateway;
    this.limits = limits;
    this.permits = permits;
    this.targets = targets;
    this.receiver = receiver;
    this.refusals = refusals;
  }

  public void handle(HttpServerRequest request) {
    request.pause();
    gateway
        .userOf(request)
        .compose(caller -> upload(request, caller))
        .onSuccess(info -> answer(request, info))
        .onFailure(failure -> refusals.send(request, failure));
  }

  private Future<FileInfo> upload(HttpServerRequest request, Caller caller) {
    Long length = TusHeaders.number(request, HttpHeaders.CONTENT_LENGTH.toString());
    checkLength(length, limits.maxBytes());
    return targets
        .of(caller, request.getParam("conversation_id"), request.getParam("user_id"))
        .compose(
            place -> {
              CreateUpload create =
                  new CreateUpload(
                      place,
                      request.getParam("name"),
                      request.getHeader(HttpHeaders.CONTENT_TYPE),
                      length);
              permits.acquire(caller.requireUser());
              return gateway
                  .ask(FssOperations.UPLOAD_CREATE, create)
                  .compose(upload -> receive(request, upload))
                  .onComplete(done -> permits.release(caller.requireUser()));
            });
  }

  private Future<FileInfo> receive(HttpServerRequest request, Upload upload) {
    TusHeaders.letContinue(request);
    return receiver
        .receive(
            request, new AcquiredUpload(upload, 0, Bytes.of(new byte[0])), limits.maxBytes(), null)
        .compose(size -> receiver.complete(upload, size))
        .recover(
            failure -> {
              EndUpload end =
                  new EndUpload(upload.place().appId(), upload.place().senderId(), upload.fileId());
              return gateway
                  .ask(FssOperations.UPLOAD_END, end)
                  .transform(ended -> Future.failedFuture(failure));
            });
  }

  static void checkLength(@Nullable Long length, long maxBytes) {
    if (length != null && length > maxBytes) {
      throw JovialException.tooLarge(
          "a file may have at most " + maxBytes + " bytes, and this one has " + length);
    }
  }

  private static void answer(HttpServerRequest request, FileInfo info) {
    request
        .response()
        .setStatusCode(CREATED)
        .putHeader(HttpHeaders.LOCATION, "/files/" + info.fileId())
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(Buffer.buffer(Json.write(info)))
        .onFailure(gone -> request.connection().close());
  }
}
