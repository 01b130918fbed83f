package chat.jovial.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path temp;

  /** Holds the folder until it is killed or its standard input ends. */
  static final class Holder {
    public static void main(String[] arguments) throws IOException {
      DataDirectory directory = DataDirectory.open(Path.of(arguments[0]));
      System.out.println(directory.instanceId());
      System.exit(System.in.read());
    }
  }

  @Test
  void the_folder_is_for_its_owner_alone() throws IOException {
    try (DataDirectory directory = DataDirectory.open(temp.resolve("a/b"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void the_instance_id_is_kept() {
    String first;
    try (DataDirectory directory = DataDirectory.open(temp.resolve("data"))) {
      first = directory.instanceId();
    }
    try (DataDirectory directory = DataDirectory.open(temp.resolve("data"))) {
      assertThat(directory.instanceId()).isEqualTo(first).hasSize(36);
    }
    try (DataDirectory other = DataDirectory.open(temp.resolve("other"))) {
      assertThat(other.instanceId()).isNotEqualTo(first);
    }
  }

  @Test
  void the_process_that_holds_the_folder_is_named_until_it_is_killed() throws Exception {
    Path data = temp.resolve("data");
    try (ChildJvm holder = ChildJvm.start(Holder.class, data.toString())) {
      String instanceId = holder.line();
      assertThatThrownBy(() -> DataDirectory.open(data))
          .isInstanceOf(EmbeddedStoreException.class)
          .hasMessageContaining("process " + holder.pid())
          .hasMessageContaining("JOVIAL_DATA_DIR");
      holder.kill();
      try (DataDirectory directory = DataDirectory.open(data)) {
        assertThat(directory.instanceId()).isEqualTo(instanceId);
      }
    }
  }

  @Test
  void a_second_lock_in_the_same_process_is_refused() {
    DataDirectory directory = DataDirectory.open(temp);
    assertThatThrownBy(() -> DataDirectory.open(temp))
        .isInstanceOf(EmbeddedStoreException.class)
        .hasMessageContaining("process " + ProcessHandle.current().pid());
    directory.close();
  }

  @Test
  void a_folder_that_cannot_be_created_says_what_to_do() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));
    assertThatThrownBy(() -> DataDirectory.open(file.resolve("data")))
        .isInstanceOf(EmbeddedStoreException.class)
        .hasMessageContaining(file + "/data cannot be written")
        .hasMessageContaining("JOVIAL_DATA_DIR");
  }

  @Test
  void a_disk_without_space_is_refused() {
    assertThatThrownBy(() -> Folders.requireFreeSpace(temp, Integer.MAX_VALUE))
        .isInstanceOf(EmbeddedStoreException.class)
        .hasMessageContaining("MiB free")
        .hasMessageContaining("JOVIAL_DATA_DIR");
  }
}
