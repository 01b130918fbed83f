package chat.jovial.fss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.contract.Bytes;
import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.fss.AcquireUpload;
import chat.jovial.contract.fss.AcquiredUpload;
import chat.jovial.contract.fss.Chunks;
import chat.jovial.contract.fss.CompleteUpload;
import chat.jovial.contract.fss.CreateUpload;
import chat.jovial.contract.fss.EndUpload;
import chat.jovial.contract.fss.FileInfo;
import chat.jovial.contract.fss.FilePlace;
import chat.jovial.contract.fss.GetStoredFile;
import chat.jovial.contract.fss.GetUpload;
import chat.jovial.contract.fss.ReadChunk;
import chat.jovial.contract.fss.ReadThumbnail;
import chat.jovial.contract.fss.Thumbnail;
import chat.jovial.contract.fss.Upload;
import chat.jovial.contract.fss.WriteChunk;
import chat.jovial.fss.store.ThumbnailTable;
import chat.jovial.images.TestImages;
import chat.jovial.keys.DataKeys;
import chat.jovial.keys.TestKeys;
import chat.jovial.limits.DiskGuard;
import chat.jovial.stores.StoresExtension;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The life of files on a real Cassandra. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FilesIT {
  @RegisterExtension static final StoresExtension STORES = new StoresExtension();

  private static final String HASH = "00".repeat(32);
  private static final int MIB = 1024 * 1024;
  private static final FssConfig CONFIG =
      new FssConfig(
          200L * MIB,
          1000L * MIB,
          Duration.ofDays(1),
          Duration.ofMinutes(5),
          Optional.empty(),
          Duration.ofSeconds(10),
          Duration.ofDays(30),
          20L * MIB,
          60_000_000);

  private final Vertx vertx = Vertx.vertx();
  private CassandraStore store;
  private Fss fss;
  private Fss twoDaysLater;
  private Fss fourDaysLater;

  @BeforeAll
  void start() {
    store = STORES.connect(vertx).await();
    DataKeys keys = TestKeys.start(vertx, store).await();
    fss =
        Fss.start(
                vertx,
                store,
                keys,
                CONFIG,
                DiskGuard.none(new SimpleMeterRegistry()),
                new SimpleMeterRegistry(),
                Clock.systemUTC())
            .await();
    twoDaysLater =
        Fss.start(
                vertx,
                store,
                keys,
                CONFIG,
                DiskGuard.none(new SimpleMeterRegistry()),
                new SimpleMeterRegistry(),
                in(2))
            .await();
    fourDaysLater =
        Fss.start(
                vertx,
                store,
                keys,
                CONFIG,
                DiskGuard.none(new SimpleMeterRegistry()),
                new SimpleMeterRegistry(),
                in(4))
            .await();
  }

  private static Clock in(int days) {
    return Clock.fixed(Instant.now().plus(Duration.ofDays(days)), ZoneOffset.UTC);
  }

  @AfterAll
  void stop() {
    for (Fss opened : new Fss[] {fss, twoDaysLater, fourDaysLater}) {
      opened.close().await();
    }
    store.close().await();
    vertx.close().await();
  }

  @Test
  void who_takes_an_upload_over_goes_on_where_the_former_writer_was_cut_off() {
    Upload first = begin();
    write(first, 0, (byte) 1, Chunks.SIZE);
    write(first, 1, (byte) 1, Chunks.SIZE);
    write(first, 2, (byte) 1, 10);
    AcquiredUpload second = take(first, 2L * Chunks.SIZE + 10);
    assertThat(second.upload().epoch()).isGreaterThan(first.epoch());
    assertThat(second.formerEpoch()).isEqualTo(first.epoch());
    assertThat(second.tail().array()).hasSize(10).containsOnly(1);
  }

  @Test
  void a_write_at_a_wrong_offset_says_how_many_bytes_are_stored() {
    Upload upload = begin();
    write(upload, 0, (byte) 1, Chunks.SIZE);
    assertThatThrownBy(() -> take(upload, 5))
        .isInstanceOfSatisfying(
            JovialException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.CONFLICT);
              assertThat(refusal.details()).containsEntry("offset", (long) Chunks.SIZE);
            });
    assertThat(find(upload).epoch()).as("the writer stays").isEqualTo(upload.epoch());
  }

  @Test
  void a_late_chunk_of_a_former_writer_does_not_replace_the_present_ones() {
    Upload former = begin();
    Upload present = take(former, 0).upload();
    write(present, 0, (byte) 2, Chunks.SIZE);
    write(former, 0, (byte) 1, Chunks.SIZE);
    assertThat(read(present, 0)).hasSize(Chunks.SIZE).containsOnly(2);
  }

  @Test
  void a_late_chunk_of_a_former_writer_behind_the_offset_does_not_count() {
    Upload former = begin();
    write(former, 0, (byte) 1, Chunks.SIZE);
    write(former, 2, (byte) 1, Chunks.SIZE);
    Upload present = take(former, Chunks.SIZE).upload();
    write(former, 1, (byte) 1, Chunks.SIZE);
    assertThat(find(present).offset()).isEqualTo(Chunks.SIZE);
    write(present, 1, (byte) 2, Chunks.SIZE);
    assertThat(find(present).offset()).isEqualTo(2L * Chunks.SIZE);
  }

  @Test
  void an_upload_is_completed_once_and_by_its_present_writer() {
    Upload former = begin();
    Upload present = take(former, 0).upload();
    write(present, 0, (byte) 3, 100);
    assertThatThrownBy(() -> complete(former, 100)).hasMessageContaining("another connection");
    assertThat(complete(present, 100).size()).isEqualTo(100);
    assertThat(complete(present, 100).size()).as("repeated").isEqualTo(100);
    assertThatThrownBy(() -> take(present, 100)).hasMessageContaining("complete");
    assertThat(find(present).complete()).isTrue();
  }

  @Test
  void an_upload_of_which_something_is_missing_is_not_completed() {
    Upload upload = begin();
    write(upload, 0, (byte) 3, 100);
    assertThatThrownBy(() -> complete(upload, 200)).hasMessageContaining("only 100 bytes");
  }

  @Test
  void nobody_else_sees_an_upload() {
    Upload upload = begin();
    for (GetUpload stranger :
        new GetUpload[] {
          new GetUpload("app", "bob", upload.fileId()),
          new GetUpload("other", "ann", upload.fileId())
        }) {
      assertThatThrownBy(() -> fss.uploads.find(stranger).await())
          .hasMessageContaining("no such upload");
    }
  }

  @Test
  void uploads_longer_than_a_partition_are_counted_across_partitions() {
    Upload upload = begin();
    for (int chunk = 0; chunk < Chunks.IN_PART + 2; chunk++) {
      write(upload, chunk, (byte) chunk, Chunks.SIZE);
    }
    assertThat(find(upload).offset()).isEqualTo((Chunks.IN_PART + 2L) * Chunks.SIZE);
    fss.uploads.end(new EndUpload("app", "ann", upload.fileId())).await();
    sweep(fss);
    assertThat(storedChunks(upload)).isZero();
  }

  @Test
  void bytes_are_not_in_the_store_as_they_were_uploaded() {
    Upload upload = begin();
    write(upload, 0, (byte) 7, 1000);
    byte[] stored =
        store
            .client()
            .executeWithFullFetch(
                SimpleStatement.newInstance(
                    store.withKeyspace(
                        "SELECT data FROM $file_chunks WHERE file_id = ? AND part = 0"),
                    upload.fileId()))
            .map(rows -> rows.get(0).getByteBuffer("data").array())
            .await();
    assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("\7\7\7\7");
    assertThat(read(upload, 0)).hasSize(1000).containsOnly(7);
  }

  @Test
  void what_is_beyond_a_users_share_is_refused_before_it_is_sent() {
    FilePlace greedy = place("greedy");
    assertThatThrownBy(() -> create(greedy, 201L * MIB)).hasMessageContaining("200 MiB");
    Upload half = create(greedy, 150L * MIB);
    assertThatThrownBy(() -> create(greedy, 60L * MIB)).hasMessageContaining("200 MiB");
    fss.uploads.end(new EndUpload("app", "greedy", half.fileId())).await();
    sweep(fss);
    assertThat(create(greedy, 150L * MIB).offset()).as("there is room again").isZero();
  }

  @Test
  void a_length_that_was_not_known_counts_in_the_end() {
    Upload upload = create(place("surprise"), null);
    for (int chunk = 0; chunk < 2; chunk++) {
      write(upload, chunk, (byte) 1, Chunks.SIZE);
    }
    create(place("surprise"), 200L * MIB - Chunks.SIZE);
    assertThatThrownBy(() -> complete(upload, 2L * Chunks.SIZE)).hasMessageContaining("200 MiB");
    assertThatThrownBy(() -> find(upload)).hasMessageMatching("(gone|not_found).*");
  }

  @Test
  void an_upload_that_nobody_goes_on_with_is_swept_with_its_bytes() {
    Upload upload = begin();
    write(upload, 0, (byte) 1, Chunks.SIZE);
    sweep(fss);
    assertThat(find(upload).offset()).as("still fresh").isEqualTo(Chunks.SIZE);
    // Two at once, as on two nodes.
    Future.all(twoDaysLater.sweeper.sweep(), twoDaysLater.sweeper.sweep()).await();
    sweep(twoDaysLater);
    assertThat(storedChunks(upload)).isZero();
    assertThatThrownBy(() -> find(upload)).hasMessageContaining("given up");
    sweep(fourDaysLater);
    assertThatThrownBy(() -> find(upload)).hasMessageContaining("no such upload");
  }

  @Test
  void a_file_that_is_complete_stays_and_a_deleted_one_is_gone() {
    Upload upload = begin();
    write(upload, 0, (byte) 1, 10);
    complete(upload, 10);
    sweep(twoDaysLater);
    assertThat(fss.files.find(new GetStoredFile(upload.fileId())).await().info().size())
        .isEqualTo(10);
    fss.uploads.end(new EndUpload("app", "ann", upload.fileId())).await();
    assertThatThrownBy(() -> fss.files.find(new GetStoredFile(upload.fileId())).await())
        .hasMessageContaining("no such file");
    sweep(fss);
    assertThat(storedChunks(upload)).isZero();
    write(upload, 0, (byte) 1, 10);
    assertThat(storedChunks(upload)).as("a late writer").isZero();
  }

  @Test
  void a_preview_is_stored_once_sealed_and_deleted_with_its_file() {
    byte[] png = TestImages.of("png", 600, 300, true);
    Upload upload = begin();
    fss.bytes
        .write(new WriteChunk(upload.fileId(), upload.place(), upload.epoch(), 0, Bytes.of(png)))
        .await();
    complete(upload, png.length);
    ReadThumbnail request = new ReadThumbnail(upload.fileId());
    Thumbnail made = fss.thumbnails.read(request).await();
    assertThat(TestImages.read(made.bytes().array()).getWidth()).isEqualTo(Thumbnail.MAX_SIDE);
    byte[] stored = storedPreview(upload).orElseThrow();
    assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("PNG", "IHDR");
    assertThat(fss.thumbnails.read(request).await()).isEqualTo(made);
    assertThat(storedPreview(upload)).as("not made again").hasValue(stored);
    fss.uploads.end(new EndUpload("app", "ann", upload.fileId())).await();
    sweep(fss);
    assertThat(storedPreview(upload)).isEmpty();
  }

  private Optional<byte[]> storedPreview(Upload upload) {
    return ThumbnailTable.prepare(store).compose(table -> table.read(upload.fileId())).await();
  }

  private static void sweep(Fss fss) {
    fss.sweeper.sweep().await();
  }

  private long storedChunks(Upload upload) {
    return store
        .client()
        .executeWithFullFetch(
            SimpleStatement.newInstance(
                store.withKeyspace(
                    "SELECT chunk FROM $file_chunks WHERE file_id = ? AND part IN (0, 1, 2)"),
                upload.fileId()))
        .map(rows -> (long) rows.size())
        .await();
  }

  private Upload begin() {
    return create(place("ann"), null);
  }

  private static FilePlace place(String userId) {
    return new FilePlace("app", null, userId);
  }

  private Upload create(FilePlace place, @Nullable Long length) {
    return fss.uploads.create(new CreateUpload(place, "a name", "text/plain", length)).await();
  }

  private Upload find(Upload upload) {
    return fss.uploads
        .find(new GetUpload("app", upload.place().senderId(), upload.fileId()))
        .await();
  }

  private AcquiredUpload take(Upload upload, long offset) {
    return fss.uploads.acquire(new AcquireUpload("app", "ann", upload.fileId(), offset)).await();
  }

  private void write(Upload upload, int chunk, byte value, int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, value);
    fss.bytes
        .write(
            new WriteChunk(upload.fileId(), upload.place(), upload.epoch(), chunk, Bytes.of(bytes)))
        .await();
  }

  private byte[] read(Upload upload, int chunk) {
    return fss.bytes.read(new ReadChunk(upload.fileId(), upload.place(), chunk)).await().array();
  }

  private FileInfo complete(Upload upload, long size) {
    return fss.uploads
        .complete(new CompleteUpload(upload.fileId(), upload.epoch(), size, HASH))
        .await();
  }

  @Test
  void name_and_hash_of_a_file_lie_encrypted_in_its_row() {
    FilePlace place = new FilePlace("app", null, "ann");
    Upload upload =
        fss.uploads.create(new CreateUpload(place, "secret plan.txt", null, 4L)).await();
    write(upload, 0, (byte) 7, 4);
    String sha256 = "ab".repeat(32);
    fss.uploads.complete(new CompleteUpload(upload.fileId(), upload.epoch(), 4, sha256)).await();

    FileInfo info = fss.files.find(new GetStoredFile(upload.fileId())).await().info();
    assertThat(info.name()).isEqualTo("secret plan.txt");
    assertThat(info.sha256()).isEqualTo(sha256);
    var row =
        store
            .client()
            .executeWithFullFetch(
                store.withKeyspace(
                    "SELECT name, sha256, sealed_name FROM $files WHERE file_id = '"
                        + upload.fileId()
                        + "'"))
            .await()
            .get(0);
    assertThat(row.getString("name")).isNull();
    assertThat(row.getString("sha256")).isNull();
    var sealed = row.getByteBuffer("sealed_name");
    assertThat(new String(sealed.array(), java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("secret");
  }
}
