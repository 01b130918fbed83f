package chat.jovial.fss;

import chat.jovial.bus.OperationHandlers;
import chat.jovial.cassandra.StoreUnavailable;
import chat.jovial.contract.FssOperations;
import chat.jovial.contract.Service;
import chat.jovial.contract.bus.Call;
import chat.jovial.contract.fss.ChunkBytes;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Handler of all {@code fss.*} operations on the bus. */
public final class FssVerticle extends VerticleBase {
  private final Fss fss;

  public FssVerticle(Fss fss) {
    this.fss = fss;
  }

  @Override
  public Future<?> start() {
    OperationHandlers handlers =
        new OperationHandlers(Service.FSS, StoreUnavailable.mapper("the file store"))
            .on(FssOperations.TOKEN_CREATE, fss.tokens::create)
            .on(FssOperations.FILE_GET, fss.files::get)
            .on(FssOperations.FILE_DELETE, fss.files::delete)
            .on(FssOperations.FILE_FIND, (caller, request) -> fss.files.find(request))
            .on(
                FssOperations.UPLOAD_CREATE,
                (caller, request) -> {
                  fss.disk.checkWritable();
                  return fss.uploads.create(request);
                })
            .on(FssOperations.UPLOAD_FIND, (caller, request) -> fss.uploads.find(request))
            .on(FssOperations.UPLOAD_LENGTH, (caller, request) -> fss.uploads.setLength(request))
            .on(FssOperations.UPLOAD_TAKE, (caller, request) -> fss.uploads.acquire(request))
            .on(FssOperations.UPLOAD_COMPLETE, (caller, request) -> fss.uploads.complete(request))
            .on(FssOperations.UPLOAD_END, (caller, request) -> fss.uploads.end(request))
            .on(
                FssOperations.WRITE_CHUNK,
                (caller, request) -> {
                  fss.disk.checkWritable();
                  return fss.bytes.write(request);
                })
            .on(
                FssOperations.READ_CHUNK,
                (caller, request) -> fss.bytes.read(request).map(ChunkBytes::new))
            .on(FssOperations.THUMBNAIL_READ, (caller, request) -> fss.thumbnails.read(request))
            .checkComplete();
    return vertx.eventBus().<Call>consumer(Service.FSS.address(), handlers::handle).completion();
  }
}
