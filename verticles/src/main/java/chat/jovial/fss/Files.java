package chat.jovial.fss;

import chat.jovial.access.FileTokenVerifier;
import chat.jovial.access.Memberships;
import chat.jovial.contract.Caller;
import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.fss.DeleteFile;
import chat.jovial.contract.fss.FileInfo;
import chat.jovial.contract.fss.FilePlace;
import chat.jovial.contract.fss.GetFile;
import chat.jovial.contract.fss.GetStoredFile;
import chat.jovial.contract.fss.StoredFile;
import chat.jovial.fss.removal.FileRemoval;
import chat.jovial.fss.store.FileRow;
import chat.jovial.fss.store.FileState;
import chat.jovial.fss.store.FileTable;
import io.vertx.core.Future;

/** Complete files: their metadata, and their deletion. */
public final class Files {
  private final FileTable table;
  private final FileRemoval removal;
  private final Memberships memberships;
  private final FileTokenVerifier tokens;

  Files(FileTable table, FileRemoval removal, Memberships memberships, FileTokenVerifier tokens) {
    this.table = table;
    this.removal = removal;
    this.memberships = memberships;
    this.tokens = tokens;
  }

  /** Who may know of it is for the caller to check. */
  public Future<StoredFile> find(GetStoredFile request) {
    return row(request.fileId()).compose(row -> stored(row));
  }

  public Future<FileInfo> get(Caller caller, GetFile request) {
    return row(request.fileId())
        .compose(
            row ->
                mayKnow(caller, row.place())
                    .compose(
                        known -> known ? Future.succeededFuture(true) : mayRead(caller, request))
                    .compose(known -> known ? stored(row) : unknown()))
        .map(StoredFile::info);
  }

  public Future<Nothing> delete(Caller caller, DeleteFile request) {
    return row(request.fileId())
        .compose(
            row -> {
              boolean own = row.isOf(caller.requireApp(), caller.requireUser());
              if (own) {
                return row.state() == FileState.OPEN ? unknown() : removal.end(row);
              }
              return mayKnow(caller, row.place())
                  .compose(
                      known ->
                          known
                              ? Future.failedFuture(
                                  JovialException.forbidden(
                                      "only who uploaded a file may delete it"))
                              : unknown());
            });
  }

  private Future<Boolean> mayKnow(Caller caller, FilePlace place) {
    if (!place.appId().equals(caller.requireApp())) {
      return Future.succeededFuture(false);
    }
    String conversationId = place.conversationId();
    if (place.senderId().equals(caller.requireUser()) || conversationId == null) {
      return Future.succeededFuture(place.senderId().equals(caller.requireUser()));
    }
    return memberships.isMember(caller.requireUser(), conversationId);
  }

  /** A token that is worth nothing is as good as none. */
  private Future<Boolean> mayRead(Caller caller, GetFile request) {
    if (request.fileToken() == null) {
      return Future.succeededFuture(false);
    }
    return tokens
        .verify(request.fileToken(), request.fileId(), caller.requireApp(), caller.requireUser())
        .map(true)
        .recover(
            failure ->
                JovialException.of(failure).code() == ErrorCode.FORBIDDEN
                    ? Future.succeededFuture(false)
                    : Future.failedFuture(failure));
  }

  private Future<FileRow> row(String fileId) {
    return table
        .find(fileId)
        .compose(found -> found.map(Future::succeededFuture).orElseGet(Files::unknown));
  }

  private static Future<StoredFile> stored(FileRow row) {
    FileInfo info = row.info();
    if (info != null) {
      return Future.succeededFuture(new StoredFile(row.place(), info));
    }
    return row.state() == FileState.REFUSED
        ? Future.failedFuture(JovialException.gone("the malware scanner has refused this file"))
        : unknown();
  }

  private static <T> Future<T> unknown() {
    return Future.failedFuture(JovialException.notFound("there is no such file"));
  }
}
