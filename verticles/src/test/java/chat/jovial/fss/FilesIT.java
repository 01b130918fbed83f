package chat.jovial.fss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.cassandra.TestStore;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.fss.Chunks;
import chat.jovial.contract.fss.CompleteUpload;
import chat.jovial.contract.fss.CreateUpload;
import chat.jovial.contract.fss.ReadChunk;
import chat.jovial.contract.fss.TakeUpload;
import chat.jovial.contract.fss.Upload;
import chat.jovial.contract.fss.WriteChunk;
import chat.jovial.embedded.CassandraSettings;
import chat.jovial.embedded.EmbeddedCassandra;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The life of files on a real Cassandra. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FilesIT {
  private static final String HASH = "00".repeat(32);

  private final Vertx vertx = Vertx.vertx();
  private EmbeddedCassandra cassandra;
  private CassandraStore store;
  private Files files;

  @BeforeAll
  void start(@TempDir Path folder) {
    cassandra = EmbeddedCassandra.start(CassandraSettings.in(folder)).join();
    store = TestStore.connect(vertx, cassandra).await();
    files =
        new Files(
            FileTable.prepare(store).await(), ChunkStore.prepare(store).await(), Clock.systemUTC());
  }

  @AfterAll
  void stop() {
    store.close().await();
    vertx.close().await();
    cassandra.close();
  }

  @Test
  void who_takes_an_upload_over_goes_on_behind_the_whole_chunks() {
    Upload first = begin("resumed");
    write(first, 0, (byte) 1, Chunks.SIZE);
    write(first, 1, (byte) 1, Chunks.SIZE);
    write(first, 2, (byte) 1, 10);
    Upload second = take("resumed");
    assertThat(second.offset()).isEqualTo(2L * Chunks.SIZE);
    assertThat(second.epoch()).isGreaterThan(first.epoch());
  }

  @Test
  void a_late_chunk_of_a_former_writer_does_not_replace_the_present_ones() {
    Upload former = begin("late");
    Upload present = take("late");
    write(present, 0, (byte) 2, Chunks.SIZE);
    write(former, 0, (byte) 1, Chunks.SIZE);
    assertThat(files.read(new ReadChunk("late", 0)).await().bytes())
        .hasSize(Chunks.SIZE)
        .containsOnly(2);
  }

  @Test
  void an_upload_is_completed_once_and_by_its_present_writer() {
    Upload former = begin("once");
    Upload present = take("once");
    write(present, 0, (byte) 3, 100);
    assertRefused(complete(former), "another connection");
    assertThat(files.complete(complete(present)).await().size()).isEqualTo(100);
    assertThat(files.complete(complete(present)).await().size()).as("repeated").isEqualTo(100);
    assertThatThrownBy(() -> take("once")).hasMessageContaining("complete");
  }

  @Test
  void nobody_else_sees_an_upload() {
    begin("private");
    assertThatThrownBy(() -> files.take(new TakeUpload("app", "bob", "private")).await())
        .isInstanceOf(JovialException.class)
        .hasMessageContaining("no such upload");
    assertThatThrownBy(() -> files.take(new TakeUpload("other", "ann", "private")).await())
        .hasMessageContaining("no such upload");
  }

  @Test
  void uploads_longer_than_a_partition_are_counted_across_partitions() {
    Upload upload = begin("long");
    for (int chunk = 0; chunk < Chunks.IN_PART + 2; chunk++) {
      write(upload, chunk, (byte) chunk, Chunks.SIZE);
    }
    assertThat(take("long").chunks()).isEqualTo(Chunks.IN_PART + 2);
  }

  private void assertRefused(CompleteUpload request, String why) {
    assertThatThrownBy(() -> files.complete(request).await()).hasMessageContaining(why);
  }

  private Upload begin(String fileId) {
    files
        .create(new CreateUpload(fileId, "app", "ann", null, "a name", "text/plain", null))
        .await();
    return take(fileId);
  }

  private Upload take(String fileId) {
    return files.take(new TakeUpload("app", "ann", fileId)).await();
  }

  private void write(Upload upload, int chunk, byte value, int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, value);
    files.write(new WriteChunk(upload.fileId(), upload.epoch(), chunk, bytes)).await();
  }

  private static CompleteUpload complete(Upload upload) {
    return new CompleteUpload(upload.fileId(), upload.epoch(), 100, HASH, "text/plain");
  }
}
