package chat.jovial.contract;

import static chat.jovial.contract.Access.USER;
import static chat.jovial.contract.RateClass.NORMAL;

import chat.jovial.contract.fss.AcquireUpload;
import chat.jovial.contract.fss.AcquiredUpload;
import chat.jovial.contract.fss.ChunkBytes;
import chat.jovial.contract.fss.CompleteUpload;
import chat.jovial.contract.fss.CreateFileToken;
import chat.jovial.contract.fss.CreateUpload;
import chat.jovial.contract.fss.DeleteFile;
import chat.jovial.contract.fss.EndUpload;
import chat.jovial.contract.fss.FileInfo;
import chat.jovial.contract.fss.FileToken;
import chat.jovial.contract.fss.GetFile;
import chat.jovial.contract.fss.GetStoredFile;
import chat.jovial.contract.fss.GetUpload;
import chat.jovial.contract.fss.ReadChunk;
import chat.jovial.contract.fss.ReadThumbnail;
import chat.jovial.contract.fss.SetUploadLength;
import chat.jovial.contract.fss.StoredFile;
import chat.jovial.contract.fss.Thumbnail;
import chat.jovial.contract.fss.Upload;
import chat.jovial.contract.fss.WriteChunk;
import java.util.List;

/** Operations of the File Store System; the bytes of files go over HTTP. */
public final class FssOperations {
  private static final OperationList OPERATIONS = new OperationList(Service.FSS);

  // ---- What a client may call.

  public static final Operation<CreateFileToken, FileToken> TOKEN_CREATE =
      OPERATIONS.client(
          "fss.token.create",
          USER,
          NORMAL,
          CreateFileToken.class,
          FileToken.class,
          "Gives a token with which others read a file.");
  public static final Operation<GetFile, FileInfo> FILE_GET =
      OPERATIONS.client(
          "fss.file.get",
          USER,
          NORMAL,
          GetFile.class,
          FileInfo.class,
          "Tells a file's size, type, hash and name.");
  public static final Operation<DeleteFile, Nothing> FILE_DELETE =
      OPERATIONS.client(
          "fss.file.delete",
          USER,
          NORMAL,
          DeleteFile.class,
          Nothing.class,
          "Deletes one of the caller's own files: nobody can read it any more.");

  // ---- Between services.

  public static final Operation<CreateUpload, Upload> UPLOAD_CREATE =
      OPERATIONS.service("fss.upload.create", CreateUpload.class, Upload.class);
  public static final Operation<GetUpload, Upload> UPLOAD_FIND =
      OPERATIONS.service("fss.upload.find", GetUpload.class, Upload.class);
  public static final Operation<SetUploadLength, Upload> UPLOAD_LENGTH =
      OPERATIONS.service("fss.upload.length", SetUploadLength.class, Upload.class);
  public static final Operation<AcquireUpload, AcquiredUpload> UPLOAD_TAKE =
      OPERATIONS.service("fss.upload.take", AcquireUpload.class, AcquiredUpload.class);
  public static final Operation<CompleteUpload, FileInfo> UPLOAD_COMPLETE =
      OPERATIONS.service("fss.upload.complete", CompleteUpload.class, FileInfo.class);
  public static final Operation<EndUpload, Nothing> UPLOAD_END =
      OPERATIONS.service("fss.upload.end", EndUpload.class, Nothing.class);
  public static final Operation<WriteChunk, Nothing> WRITE_CHUNK =
      OPERATIONS.service("fss.chunk.write", WriteChunk.class, Nothing.class);
  public static final Operation<ReadChunk, ChunkBytes> READ_CHUNK =
      OPERATIONS.service("fss.chunk.read", ReadChunk.class, ChunkBytes.class);
  public static final Operation<GetStoredFile, StoredFile> FILE_FIND =
      OPERATIONS.service("fss.file.find", GetStoredFile.class, StoredFile.class);
  public static final Operation<ReadThumbnail, Thumbnail> THUMBNAIL_READ =
      OPERATIONS.service("fss.thumbnail.read", ReadThumbnail.class, Thumbnail.class);

  private FssOperations() {}

  static List<Operation<?, ?>> all() {
    return OPERATIONS.all();
  }
}
