package chat.jovial.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that everything else can be read with. */
class MasterKeyFileTest {
  @TempDir Path folder;

  @Test
  void the_first_start_makes_a_random_key_that_only_its_owner_can_read() throws IOException {
    Path file = folder.resolve("new/master.key");
    MasterKeyFile made = MasterKeyFile.open(file, true);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(MasterKeyFile.open(file, true).wrapsWith()).isEqualTo(made.wrapsWith());
    assertThat(MasterKeyFile.open(folder.resolve("other.key"), true).wrapsWith())
        .isNotEqualTo(made.wrapsWith());
  }

  @Test
  void processes_that_start_at_once_share_one_key_and_leave_nothing_else() throws IOException {
    Path file = folder.resolve("master.key");
    Set<String> ids = ConcurrentHashMap.newKeySet();
    IntStream.range(0, 32)
        .parallel()
        .forEach(i -> ids.add(MasterKeyFile.open(file, true).wrapsWith()));
    assertThat(ids).hasSize(1);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void the_first_of_several_wraps_and_all_unwrap() throws IOException {
    Path file = folder.resolve("master.key");
    MasterKeyFile keys = MasterKeyFile.open(file, true);
    byte[] key = new byte[MasterKey.BYTES];
    key[5] = 5;
    WrappedKey wrapped = keys.wrap(key).result();

    List<String> lines = Files.readAllLines(file);
    Files.write(
        file,
        List.of("# the new one", MasterKey.text(new byte[32]), "", lines.get(1), lines.get(0)));
    Files.setLastModifiedTime(file, FileTime.fromMillis(1));
    keys.readAgain();
    assertThat(keys.ids()).hasSize(2).contains(wrapped.master());
    assertThat(keys.wrapsWith()).isNotEqualTo(wrapped.master());
    assertThat(keys.unwrap(wrapped).result()).isEqualTo(key);
    assertThat(keys.wrap(key).result()).isNotEqualTo(wrapped);

    Files.writeString(file, "nonsense");
    Files.setLastModifiedTime(file, FileTime.fromMillis(2));
    keys.readAgain();
    assertThat(keys.unwrap(wrapped).result()).isEqualTo(key);
  }

  @Test
  void what_is_no_key_is_refused_without_showing_it() throws IOException {
    Path file = folder.resolve("master.key");
    for (String text : List.of("nonsense!", "c2VjcmV0", "", "# only a comment")) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> MasterKeyFile.open(file, true))
          .isInstanceOf(MasterKeyException.class)
          .hasMessageContaining(file.toString())
          .hasNoCause()
          .message()
          .doesNotContain("nonsense!")
          .doesNotContain("c2VjcmV0");
    }
  }

  @Test
  void a_file_that_is_missing_beside_content_is_not_made_anew() {
    assertThatThrownBy(() -> MasterKeyFile.open(folder.resolve("master.key"), false))
        .isInstanceOf(MasterKeyException.class)
        .hasMessageContaining("Copy the file from another node");
  }

  @Test
  void a_key_wrapped_by_another_master_key_names_it() {
    MasterKeyRing one = MasterKeyRing.of(List.of(MasterKey.text(new byte[32])), "here");
    assertThat(one.unwrap(new WrappedKey(new byte[40], "feedface")).cause())
        .isInstanceOf(MasterKeyException.class)
        .hasMessageContaining("feedface")
        .hasMessageContaining("here");
    assertThat(one.unwrap(new WrappedKey(new byte[40], one.wrapsWith())).cause())
        .isInstanceOf(IllegalStateException.class);
  }
}
