package chat.jovial.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.cassandra.TestStore;
import chat.jovial.embedded.CassandraSettings;
import chat.jovial.embedded.EmbeddedCassandra;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys on a real Cassandra, as two nodes use them. */
class DataKeysIT {
  private static final KeyScope PLACE = KeyScope.conversation("a conversation");
  private static final KeyScope SENDER = KeyScope.user("ann");

  @Test
  void two_nodes_make_one_key_and_neither_makes_it_again_once_destroyed(@TempDir Path folder) {
    Vertx vertx = Vertx.vertx();
    try (EmbeddedCassandra cassandra =
        EmbeddedCassandra.start(CassandraSettings.in(folder)).join()) {
      CassandraStore store = TestStore.connect(vertx, cassandra).await();
      DataKeys here = node(vertx, store);
      DataKeys there = node(vertx, store);
      Future<ContentCipher> first = here.toWrite(PLACE, SENDER, "file 1");
      Future<ContentCipher> second = there.toWrite(PLACE, SENDER, "file 1");
      byte[] text = "hello".getBytes(java.nio.charset.StandardCharsets.UTF_8);
      byte[] encrypted = first.await().encrypt(1, 0, text);
      assertThat(second.await().decrypt(1, 0, encrypted)).isEqualTo(text);
      assertThatThrownBy(() -> second.await().decrypt(2, 0, encrypted))
          .hasMessageContaining("part");
      assertThatThrownBy(() -> second.await().decrypt(1, 1, encrypted))
          .hasMessageContaining("part");

      here.destroy(SENDER).await();
      assertThatThrownBy(() -> here.toRead(PLACE, SENDER, "file 1").await())
          .hasMessageContaining("destroyed");
      assertThatThrownBy(() -> node(vertx, store).toWrite(PLACE, SENDER, "file 2").await())
          .hasMessageContaining("destroyed");
      store.close().await();
    } finally {
      vertx.close().await();
    }
  }

  private static DataKeys node(Vertx vertx, CassandraStore store) {
    MasterKey master = new MasterKey(new byte[MasterKey.BYTES]);
    return DataKeys.prepare(vertx, store, master, Map.of(master.id(), master)).await();
  }
}
