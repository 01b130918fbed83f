package chat.jovial.ums;

import chat.jovial.config.Settings;
import chat.jovial.contract.Caller;
import chat.jovial.contract.Operation;
import chat.jovial.contract.Reply;
import chat.jovial.contract.Request;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.contract.codec.Codecs;
import chat.jovial.keys.MasterKeyRing;
import chat.jovial.keys.MasterKeys;
import chat.jovial.stores.StoresExtension;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A Vert.x with two UMS verticles on a store, and a client of the bus. */
final class UmsNode implements AutoCloseable {
  /** Cheap hashes; nothing else differs from the defaults. */
  private static final Map<String, String> CHEAP =
      Map.of("ums.argon2_memory_kib", "64", "ums.argon2_iterations", "1");

  /** The same for all nodes. */
  static final MasterKeys MASTERS =
      MasterKeyRing.of(List.of("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoxMjM0NTY="), "the tests");

  final Vertx vertx = Vertx.vertx();
  final MongoClient mongo;
  private final Ums ums;
  private final ServiceClient client;

  UmsNode(StoresExtension stores, Clock clock, Map<String, String> settings) {
    Codecs.register(vertx.eventBus());
    mongo =
        MongoClient.create(
            vertx,
            new JsonObject()
                .put("connection_string", stores.mongoUri())
                .put("db_name", stores.name()));
    client = new ServiceClient(vertx.eventBus(), Duration.ofSeconds(20));
    Map<String, String> all = new HashMap<>(CHEAP);
    all.putAll(settings);
    ums =
        await(
            Ums.start(
                vertx,
                UmsConfig.of(Settings.of(all)),
                mongo,
                MASTERS,
                new SimpleMeterRegistry(),
                clock));
    String deployed =
        await(
            vertx.deployVerticle(
                () -> new UmsVerticle(ums), new DeploymentOptions().setInstances(2)));
    if (deployed.isEmpty()) {
      throw new IllegalStateException();
    }
  }

  <Q extends Request, R extends Reply> Future<R> send(
      Operation<Q, R> operation, Caller caller, Q request) {
    return client.call(operation, caller, request);
  }

  <Q extends Request, R extends Reply> R call(Operation<Q, R> operation, Caller caller, Q request) {
    return await(send(operation, caller, request));
  }

  /** As a client that has shown no token. */
  <Q extends Request, R extends Reply> R call(Operation<Q, R> operation, Q request) {
    return call(operation, Caller.anyone(null, null), request);
  }

  @Override
  public void close() {
    await(ums.close());
    // Not composed: with the last event loop gone nobody could complete what follows.
    await(vertx.close());
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new CompletionException(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
