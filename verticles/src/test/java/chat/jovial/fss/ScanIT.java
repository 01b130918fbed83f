package chat.jovial.fss;

import static chat.jovial.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.contract.Bytes;
import chat.jovial.contract.fss.Chunks;
import chat.jovial.contract.fss.CompleteUpload;
import chat.jovial.contract.fss.CreateUpload;
import chat.jovial.contract.fss.FileInfo;
import chat.jovial.contract.fss.FilePlace;
import chat.jovial.contract.fss.GetStoredFile;
import chat.jovial.contract.fss.Upload;
import chat.jovial.contract.fss.WriteChunk;
import chat.jovial.keys.DataKeys;
import chat.jovial.keys.TestKeys;
import chat.jovial.limits.DiskGuard;
import chat.jovial.stores.StoresExtension;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The malware scanner's word on files. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScanIT {
  @RegisterExtension static final StoresExtension STORES = new StoresExtension();

  private static final String HASH = "00".repeat(32);
  private static final int MIB = 1024 * 1024;

  private final Vertx vertx = Vertx.vertx();
  private CassandraStore store;
  private DataKeys keys;

  @BeforeAll
  void start() {
    store = STORES.connect(vertx).await();
    keys = TestKeys.start(vertx, store).await();
  }

  @AfterAll
  void stop() {
    store.close().await();
    vertx.close().await();
  }

  @Test
  void the_real_daemon_passes_files_and_refuses_what_it_knows(@TempDir Path folder)
      throws IOException {
    assumeTrue(
        Clamd.isInstalled(),
        "NOT TESTED with the real clamd: it is not installed (Debian: clamav-daemon)");
    try (Clamd clamd = Clamd.start(folder)) {
      passesAndRefuses(withScanner(clamd.port()));
    }
  }

  @Test
  void a_double_of_its_protocol_sees_every_byte() {
    try (ClamdDouble clamd = new ClamdDouble(vertx)) {
      passesAndRefuses(withScanner(clamd.port()));
      byte[] bytes = new byte[2 * Chunks.SIZE + 5];
      Arrays.fill(bytes, (byte) 3);
      FileInfo file = upload(withScanner(clamd.port()), bytes);
      await("the scanner has received every byte")
          .until(() -> clamd.scanned.length(), length -> length == bytes.length);
      assertThat(clamd.scanned.getBytes()).isEqualTo(bytes);
      assertThat(file.checking()).isTrue();
    }
  }

  @Test
  void without_an_answer_a_file_stays_unreadable_until_a_sweep_gets_one() {
    try (ClamdDouble clamd = new ClamdDouble(vertx)) {
      Fss fss = withScanner(clamd.port());
      for (String answer : new String[] {"INSTREAM size limit exceeded. ERROR", ""}) {
        clamd.answer = answer;
        clamd.scanned = io.vertx.core.buffer.Buffer.buffer();
        FileInfo file = upload(fss, "some text".getBytes(StandardCharsets.UTF_8));
        await("the scanner has received the file").until(() -> clamd.scanned.length() > 0);
        assertThat(find(fss, file).checking()).isTrue();
        clamd.answer = null;
        await("a sweep has the file checked")
            .until(
                () -> {
                  fss.sweeper.sweep().await();
                  return find(fss, file).checking() == null;
                });
      }
    }
  }

  private void passesAndRefuses(Fss fss) {
    FileInfo harmless = upload(fss, "harmless".getBytes(StandardCharsets.UTF_8));
    await("the harmless file is checked").until(() -> find(fss, harmless).checking() == null);
    byte[] bad = new byte[Chunks.SIZE + 100];
    byte[] text = Clamd.HARMFUL.getBytes(StandardCharsets.UTF_8);
    // Across the border of two chunks.
    System.arraycopy(text, 0, bad, Chunks.SIZE - 10, text.length);
    FileInfo harmful = upload(fss, bad);
    await("the harmful file is refused").until(() -> isRefused(fss, harmful));
    assertThatThrownBy(() -> find(fss, harmful)).hasMessageContaining("malware scanner");
  }

  private static boolean isRefused(Fss fss, FileInfo file) {
    return fss.files
        .find(new GetStoredFile(file.fileId()))
        .map(found -> false)
        .otherwise(true)
        .await();
  }

  private Fss withScanner(int port) {
    FssConfig config =
        new FssConfig(
            100L * MIB,
            1000L * MIB,
            Duration.ofDays(1),
            Duration.ofMinutes(5),
            Optional.of("127.0.0.1:" + port),
            Duration.ofSeconds(1),
            Duration.ofDays(30),
            20L * MIB,
            60_000_000);
    return Fss.start(
            vertx,
            store,
            keys,
            config,
            DiskGuard.none(new SimpleMeterRegistry()),
            new SimpleMeterRegistry(),
            Clock.systemUTC())
        .await();
  }

  private static FileInfo find(Fss fss, FileInfo file) {
    return fss.files.find(new GetStoredFile(file.fileId())).await().info();
  }

  private static FileInfo upload(Fss fss, byte[] bytes) {
    FilePlace place = new FilePlace("app", null, "ann");
    Upload upload =
        fss.uploads.create(new CreateUpload(place, null, null, (long) bytes.length)).await();
    for (int from = 0; from < bytes.length; from += Chunks.SIZE) {
      byte[] chunk = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + Chunks.SIZE));
      fss.bytes
          .write(
              new WriteChunk(
                  upload.fileId(), place, upload.epoch(), from / Chunks.SIZE, Bytes.of(chunk)))
          .await();
    }
    return fss.uploads
        .complete(new CompleteUpload(upload.fileId(), upload.epoch(), bytes.length, HASH))
        .await();
  }
}
