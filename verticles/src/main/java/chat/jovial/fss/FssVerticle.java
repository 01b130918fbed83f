package chat.jovial.fss;

import chat.jovial.bus.OperationHandler;
import chat.jovial.bus.OperationHandlers;
import chat.jovial.cassandra.AwayStore;
import chat.jovial.contract.FssOperations;
import chat.jovial.contract.Reply;
import chat.jovial.contract.Request;
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
        new OperationHandlers(Service.FSS)
            .on(FssOperations.TOKEN_CREATE, orTryAgain(fss.tokens::create))
            .on(FssOperations.FILE_GET, orTryAgain(fss.files::get))
            .on(FssOperations.FILE_DELETE, orTryAgain(fss.files::delete))
            .on(FssOperations.FILE_FIND, orTryAgain((caller, request) -> fss.files.find(request)))
            .on(
                FssOperations.UPLOAD_CREATE,
                orTryAgain((caller, request) -> fss.uploads.create(request)))
            .on(
                FssOperations.UPLOAD_FIND,
                orTryAgain((caller, request) -> fss.uploads.find(request)))
            .on(
                FssOperations.UPLOAD_LENGTH,
                orTryAgain((caller, request) -> fss.uploads.setLength(request)))
            .on(
                FssOperations.UPLOAD_TAKE,
                orTryAgain((caller, request) -> fss.uploads.acquire(request)))
            .on(
                FssOperations.UPLOAD_COMPLETE,
                orTryAgain((caller, request) -> fss.uploads.complete(request)))
            .on(FssOperations.UPLOAD_END, orTryAgain((caller, request) -> fss.uploads.end(request)))
            .on(
                FssOperations.WRITE_CHUNK,
                orTryAgain((caller, request) -> fss.bytes.write(request)))
            .on(
                FssOperations.READ_CHUNK,
                orTryAgain((caller, request) -> fss.bytes.read(request).map(ChunkBytes::new)))
            .on(
                FssOperations.THUMBNAIL_READ,
                orTryAgain((caller, request) -> fss.thumbnails.read(request)))
            .checkComplete();
    return vertx.eventBus().<Call>consumer(Service.FSS.address(), handlers::handle).completion();
  }

  private static <Q extends Request, R extends Reply> OperationHandler<Q, R> orTryAgain(
      OperationHandler<Q, R> handler) {
    return AwayStore.orTryAgain("the file store", handler);
  }
}
