package chat.jovial.fss.store;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.fss.chunk.ChunkStore;
import chat.jovial.keys.DataKeys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Tables of the file store, their statements prepared. Any thread. */
public record FssTables(
    FileTable files,
    ChunkStore chunks,
    FileSizes sizes,
    FileTasks tasks,
    ThumbnailTable thumbnails) {
  /** Leaves nothing open when it fails. */
  public static Future<FssTables> open(Vertx vertx, CassandraStore store, DataKeys keys) {
    Future<FileTable> files = FileTable.prepare(store, keys);
    Future<FileSizes> sizes = FileSizes.prepare(store);
    Future<FileTasks> tasks = FileTasks.prepare(store);
    Future<ThumbnailTable> thumbnails = ThumbnailTable.prepare(store);
    // Last, for it opens a connection.
    return Future.all(files, sizes, tasks, thumbnails)
        .compose(prepared -> ChunkStore.open(vertx, store))
        .map(
            chunks ->
                new FssTables(
                    files.result(), chunks, sizes.result(), tasks.result(), thumbnails.result()));
  }
}
