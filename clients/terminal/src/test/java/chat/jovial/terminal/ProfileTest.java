package chat.jovial.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.client.model.Tokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileTest {
  @TempDir private Path folder;

  @Test
  void it_comes_back_as_it_was_saved_and_nobody_else_may_read_it() throws Exception {
    Path own = folder.resolve("new").resolve("profile");
    Profile profile = Profile.in(own);
    assertThat(profile.tokens()).isNull();
    profile.put("server", "127.0.0.1:7000");
    profile.put(new Tokens("user token", "refresh token", null, "ann", "device"));
    profile.save();
    profile.save();
    Profile again = Profile.in(own);
    assertThat(again.get("server")).isEqualTo("127.0.0.1:7000");
    assertThat(again.tokens())
        .isEqualTo(new Tokens("user token", "refresh token", null, "ann", "device"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own.resolve("profile"))))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
        .isEqualTo("rwx------");
  }
}
