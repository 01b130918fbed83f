package chat.jovial.fss;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.fss.FileDelete;
import chat.jovial.contract.fss.FileGet;
import chat.jovial.contract.fss.FileInfo;
import chat.jovial.contract.fss.FilePlace;
import chat.jovial.contract.fss.FindFile;
import chat.jovial.contract.fss.StoredFile;
import io.vertx.core.Future;

/** Files that are complete: what is known of them, and their deletion. */
final class Files {
  private final FileTable table;
  private final FileRemoval removal;

  Files(FileTable table, FileRemoval removal) {
    this.table = table;
    this.removal = removal;
  }

  /** Who may know of it is for the caller to check. */
  Future<StoredFile> find(FindFile request) {
    return row(request.fileId()).compose(row -> stored(row));
  }

  Future<FileInfo> get(Caller caller, FileGet request) {
    return row(request.fileId())
        .compose(row -> mayKnow(caller, row.place()) ? stored(row) : unknown())
        .map(StoredFile::info);
  }

  Future<Nothing> delete(Caller caller, FileDelete request) {
    return row(request.fileId())
        .compose(
            row -> {
              boolean own = row.isOf(caller.requireApp(), caller.requireUser());
              if (own) {
                return row.state() == FileState.OPEN ? unknown() : removal.end(row);
              }
              return mayKnow(caller, row.place())
                  ? Future.failedFuture(
                      JovialException.forbidden("only who uploaded a file may delete it"))
                  : unknown();
            });
  }

  private static boolean mayKnow(Caller caller, FilePlace place) {
    if (!place.appId().equals(caller.requireApp())) {
      return false;
    }
    String conversationId = place.conversationId();
    return place.senderId().equals(caller.requireUser())
        || (conversationId != null && Ids.peer(conversationId, caller.requireUser()) != null);
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
