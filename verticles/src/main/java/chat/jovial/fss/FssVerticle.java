package chat.jovial.fss;

import chat.jovial.bus.OperationHandler;
import chat.jovial.bus.OperationHandlers;
import chat.jovial.cassandra.AwayStore;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.Reply;
import chat.jovial.contract.Request;
import chat.jovial.contract.Service;
import chat.jovial.contract.bus.Call;
import chat.jovial.contract.fss.ChunkBytes;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import org.jspecify.annotations.Nullable;

/** The File Store System: keeps the bytes of files, and what is known of them. */
public final class FssVerticle extends VerticleBase {
  private final Fss fss;
  private @Nullable MessageConsumer<Call> consumer;

  public FssVerticle(Fss fss) {
    this.fss = fss;
  }

  @Override
  public Future<?> start() {
    OperationHandlers handlers =
        new OperationHandlers(Service.FSS)
            .on(Catalogue.TOKEN_CREATE, orTryAgain(fss.tokens::create))
            .on(Catalogue.FILE_GET, orTryAgain(fss.files::get))
            .on(Catalogue.FILE_DELETE, orTryAgain(fss.files::delete))
            .on(Catalogue.FILE_FIND, orTryAgain((caller, request) -> fss.files.find(request)))
            .on(
                Catalogue.UPLOAD_CREATE,
                orTryAgain((caller, request) -> fss.uploads.create(request)))
            .on(Catalogue.UPLOAD_FIND, orTryAgain((caller, request) -> fss.uploads.find(request)))
            .on(
                Catalogue.UPLOAD_LENGTH,
                orTryAgain((caller, request) -> fss.uploads.setLength(request)))
            .on(Catalogue.UPLOAD_TAKE, orTryAgain((caller, request) -> fss.uploads.take(request)))
            .on(
                Catalogue.UPLOAD_COMPLETE,
                orTryAgain((caller, request) -> fss.uploads.complete(request)))
            .on(Catalogue.UPLOAD_END, orTryAgain((caller, request) -> fss.uploads.end(request)))
            .on(Catalogue.WRITE_CHUNK, orTryAgain((caller, request) -> fss.bytes.write(request)))
            .on(
                Catalogue.READ_CHUNK,
                orTryAgain((caller, request) -> fss.bytes.read(request).map(ChunkBytes::new)))
            .on(
                Catalogue.THUMBNAIL_READ,
                orTryAgain((caller, request) -> fss.thumbnails.read(request)))
            .checkComplete();
    consumer = vertx.eventBus().consumer(Service.FSS.address(), handlers::handle);
    return consumer.completion();
  }

  @Override
  public Future<?> stop() {
    return consumer == null ? Future.succeededFuture() : consumer.unregister();
  }

  private static <Q extends Request, R extends Reply> OperationHandler<Q, R> orTryAgain(
      OperationHandler<Q, R> handler) {
    return AwayStore.orTryAgain("the file store", handler);
  }
}
