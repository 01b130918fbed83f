package chat.jovial.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.JovialException;
import chat.jovial.keys.KeyAdministration.Rotated;
import chat.jovial.keys.KeyAdministration.Status;
import chat.jovial.stores.StoresExtension;
import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Keys on a real Cassandra, as two nodes use them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DataKeysIT {
  @RegisterExtension static final StoresExtension STORES = new StoresExtension();

  private static final byte[] TEXT = "hello".getBytes(StandardCharsets.UTF_8);
  private static final String ONE = MasterKey.text(new byte[MasterKey.BYTES]);
  private static final String OTHER = MasterKey.text(filled(1));

  private final Vertx vertx = Vertx.vertx();
  private final AtomicLong ticks = new AtomicLong();
  private final AtomicInteger names = new AtomicInteger();
  private CassandraStore store;
  private KeyTable table;

  @BeforeAll
  void start() {
    store = STORES.connect(vertx).await();
    table = KeyTable.prepare(store).await();
  }

  @AfterAll
  void stop() {
    store.close().await();
    vertx.close().await();
  }

  @BeforeEach
  void empty() {
    store.client().execute(store.withKeyspace("TRUNCATE $data_keys")).await();
    store.client().execute(store.withKeyspace("TRUNCATE $master_keys")).await();
  }

  @Test
  void two_nodes_make_one_key_and_neither_makes_it_again_once_destroyed() {
    KeyScope place = KeyScope.conversation("c" + names.incrementAndGet());
    KeyScope sender = KeyScope.user("ann");
    DataKeys here = node(ONE);
    DataKeys there = node(ONE);
    Future<ContentCipher> first = here.toWrite(place, sender, "file 1");
    Future<ContentCipher> second = there.toWrite(place, sender, "file 1");
    byte[] encrypted = first.await().encrypt(1, 0, TEXT);
    assertThat(second.await().decrypt(1, 0, encrypted)).isEqualTo(TEXT);
    assertThatThrownBy(() -> second.await().decrypt(2, 0, encrypted)).hasMessageContaining("part");
    assertThatThrownBy(() -> second.await().decrypt(1, 1, encrypted)).hasMessageContaining("part");

    here.destroy(sender).await();
    assertGone(here.toRead(place, sender, "file 1"));
    assertGone(node(ONE).toWrite(place, sender, "file 2"));
  }

  @Test
  void many_nodes_at_the_same_moment_make_one_key() {
    List<DataKeys> nodes = Stream.generate(() -> node(ONE)).limit(8).toList();
    List<Future<BodyKey>> keys = nodes.stream().map(n -> n.toWriteBodies("c", "ann")).toList();
    var sealed = keys.get(0).await().seal(1, 1, "text");
    keys.forEach(key -> assertThat(key.await().open(1, sealed)).isEqualTo("text"));
  }

  @Test
  void a_node_that_knows_a_destroyed_key_forgets_it_within_half_a_minute() {
    DataKeys here = node(ONE);
    DataKeys there = node(ONE);
    var sealed = here.toWriteBodies("c", "ann").await().seal(1, 1, "text");
    assertThat(there.toReadBodies("c", "ann").await().open(1, sealed)).isEqualTo("text");
    here.destroy(KeyScope.conversation("c")).await();
    assertThat(here.toReadBodies("c", "ann").await().isDestroyed()).isTrue();

    ticks.addAndGet(KeyCache.LIFE.toNanos() + 1);
    assertThat(there.toReadBodies("c", "ann").await().isDestroyed()).isTrue();
    assertThat(there.toWriteBodies("c", "bob").await().isDestroyed()).isTrue();
    assertGone(there.checkWritable("c", "bob"));
    there.checkWritable("another", "bob").await();
  }

  @Test
  void reading_makes_no_key() {
    DataKeys here = node(ONE);
    assertThat(here.toReadBodies("c", "ann").await().isDestroyed()).isFalse();
    assertThatThrownBy(() -> here.toRead(KeyScope.app("a"), KeyScope.user("ann"), "f").await())
        .hasMessageContaining("not in the store");
    assertThat(status(ONE).keysByMaster()).isEmpty();
  }

  @Test
  void rotation_wraps_the_same_keys_anew_while_nodes_go_on_and_can_be_repeated() {
    DataKeys node = node(ONE);
    var sealed = node.toWriteBodies("c", "ann").await().seal(1, 1, "text");
    // More than a page of a scan.
    for (int i = 0; i < 600; i += 20) {
      int from = i;
      Future.all(
              IntStream.range(from, from + 20)
                  .mapToObj(n -> node.toWriteBodies("c" + n, "ann"))
                  .toList())
          .await();
    }
    node.destroy(KeyScope.user("gone")).await();
    String before = ring(ONE).wrapsWith();
    String after = ring(OTHER).wrapsWith();

    AtomicInteger pages = new AtomicInteger();
    Rotated sum = administration(OTHER, ONE).rotate(progress -> pages.incrementAndGet()).await();
    assertThat(sum).isEqualTo(new Rotated(602, 0, 0, ""));
    assertThat(pages.get()).isGreaterThan(1);
    assertThat(administration(OTHER, ONE).rotate(progress -> {}).await())
        .isEqualTo(new Rotated(0, 602, 0, ""));
    Status status = status(OTHER);
    assertThat(status.keysByMaster()).containsOnlyKeys(after);
    assertThat(status.used()).containsExactly(after).doesNotContain(before);
    assertThat(status.destroyed()).containsExactly("user gone");

    // The old key can go: what was written opens without it.
    assertThat(node(OTHER).toReadBodies("c", "ann").await().open(1, sealed)).isEqualTo("text");
  }

  @Test
  void rotation_leaves_alone_what_it_cannot_unwrap_and_says_so() {
    node(ONE).toWriteBodies("c", "ann").await();
    assertThatThrownBy(() -> administration(OTHER).rotate(progress -> {}).await())
        .isInstanceOf(MasterKeyException.class)
        .hasMessageContaining(ring(ONE).wrapsWith())
        .hasMessageContaining("Copy master.key");
    assertThat(status(ONE).keysByMaster()).containsOnlyKeys(ring(ONE).wrapsWith());
  }

  @Test
  void a_node_with_another_master_key_is_told_and_its_clients_may_try_again() {
    node(ONE).toWriteBodies("c", "ann").await();
    DataKeys stranger = node(OTHER);
    for (Future<BodyKey> key :
        List.of(stranger.toReadBodies("c", "ann"), stranger.toWriteBodies("c2", "bob"))) {
      assertThatThrownBy(key::await)
          .isInstanceOfSatisfying(
              JovialException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.TRY_AGAIN));
    }
    assertThat(status(ONE).keysByMaster()).containsOnlyKeys(ring(ONE).wrapsWith());
  }

  @Test
  void a_start_is_refused_without_the_master_key_of_the_store(@TempDir Path folder) {
    KeysConfig mine = new KeysConfig(folder.resolve("master.key"), Optional.empty());
    DataKeys.start(vertx, table, mine).await().toWriteBodies("c", "ann").await();
    DataKeys.start(vertx, table, mine).await();
    KeysConfig missing = new KeysConfig(folder.resolve("none"), Optional.empty());
    assertThatThrownBy(() -> DataKeys.start(vertx, table, missing).await())
        .isInstanceOf(MasterKeyException.class)
        .hasMessageContaining("Copy the file from another node");
    KeysConfig other = new KeysConfig(folder.resolve("none"), Optional.of(OTHER));
    assertThatThrownBy(() -> DataKeys.start(vertx, table, other).await())
        .isInstanceOf(MasterKeyException.class)
        .hasMessageContaining("keys.master_key");
  }

  private static void assertGone(Future<?> future) {
    assertThatThrownBy(future::await)
        .isInstanceOfSatisfying(
            JovialException.class, gone -> assertThat(gone.code()).isEqualTo(ErrorCode.GONE))
        .hasMessageContaining("erased");
  }

  private DataKeys node(String... masters) {
    Ticker ticker = ticks::get;
    return new DataKeys(vertx, table, ring(masters), ticker);
  }

  private Status status(String... masters) {
    return administration(masters).status().await();
  }

  private KeyAdministration administration(String... masters) {
    return KeyAdministration.of(table, ring(masters));
  }

  private static MasterKeyRing ring(String... masters) {
    return MasterKeyRing.of(List.of(masters), Set.of(masters).size() + " of the test");
  }

  private static byte[] filled(int value) {
    byte[] bytes = new byte[MasterKey.BYTES];
    java.util.Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
