package chat.jovial.edge.files;

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
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** {@code POST /files}: a file in one request. What is cut off is thrown away; tus resumes. */
final class FileUploads {
  private static final int CREATED = 201;

  private final FilesDoor door;
  private final FileLimits limits;
  private final Slots slots;
  private final UploadPlaces places;
  private final Receiver receiver;
  private final Refusals refusals;

  FileUploads(
      FilesDoor door,
      FileLimits limits,
      Slots slots,
      UploadPlaces places,
      Receiver receiver,
      Refusals refusals) {
    this.door = door;
    this.limits = limits;
    this.slots = slots;
    this.places = places;
    this.receiver = receiver;
    this.refusals = refusals;
  }

  void handle(HttpServerRequest request) {
    request.pause();
    door.userOf(request)
        .compose(caller -> take(request, caller))
        .onSuccess(info -> answer(request, info))
        .onFailure(failure -> refusals.send(request, failure));
  }

  private Future<FileInfo> take(HttpServerRequest request, Caller caller) {
    Long length = TusHeaders.number(request, HttpHeaders.CONTENT_LENGTH.toString());
    checkLength(length, limits.maxBytes());
    return places
        .of(caller, request.getParam("conversation_id"), request.getParam("user_id"))
        .compose(
            place -> {
              CreateUpload create =
                  new CreateUpload(
                      place,
                      request.getParam("name"),
                      request.getHeader(HttpHeaders.CONTENT_TYPE),
                      length);
              slots.take(caller.requireUser());
              return door.ask(FssOperations.UPLOAD_CREATE, create)
                  .compose(upload -> receive(request, upload))
                  .onComplete(done -> slots.free(caller.requireUser()));
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
              return door.ask(FssOperations.UPLOAD_END, end)
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
