package chat.jovial.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.client.model.Body;
import chat.jovial.client.model.Connection;
import chat.jovial.client.model.Connection.Status;
import chat.jovial.client.model.Message;
import chat.jovial.client.model.MessageState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir private Path folder;

  private View view() {
    Usernames names = new Usernames(folder);
    names.put("1", "ann");
    names.put("2", "bob");
    return new View(names, "1", ZoneOffset.UTC);
  }

  private String shown(String sender, MessageState state, Body body, @Nullable String removed) {
    Message message =
        new Message(
            "d.1.2",
            7L,
            "c",
            sender,
            NOON.minus(Duration.ofDays(9000)),
            NOON,
            body,
            state,
            true,
            removed,
            Map.of("👍", List.of("1", "2")),
            3L,
            null,
            null);
    return view().message(message, null, NOON).toString();
  }

  @Test
  void lines_wrap_between_words_and_only_what_fits_on_no_line_breaks() {
    assertThat(wrapped("the quick brown fox jumps", 10))
        .containsExactly("the quick", "brown fox", "jumps");
    assertThat(wrapped("a pneumonoultramicroscopic word", 10))
        .containsExactly("a pneumono", "ultramicro", "scopic", "word");
    assertThat(wrapped("漢字漢字漢字 ok", 8)).containsExactly("漢字漢字", "漢字 ok");
    assertThat(wrapped("short", 10)).containsExactly("short");
  }

  private static List<String> wrapped(String text, int width) {
    return Wrapping.lines(new AttributedString(text), width).stream()
        .map(AttributedString::toString)
        .toList();
  }

  @Test
  void a_message_is_one_line_with_all_that_happened_to_it() {
    assertThat(shown("1", MessageState.READ, Body.text("Hi"), null))
        .isEqualTo("   #7 12:00 you: (to #3) Hi (edited)  👍2  ✓✓ read");
    assertThat(
            shown(
                "2", MessageState.RECEIVED, Body.of(Map.of("type", "file", "name", "a.png")), null))
        .contains("bob: (to #3) [file] a.png");
    assertThat(
            View.text(
                Body.of(
                    Map.of(
                        "type", "file", "name", "a\u202eb.png", "size", 12_345, "text", "look"))))
        .isEqualTo("[file] a b.png, 12.3 kB  look");
    assertThat(shown("2", MessageState.RECEIVED, Body.text("gone"), "redacted"))
        .contains("[redacted]")
        .doesNotContain("gone");
  }

  @Test
  void what_others_write_cannot_move_the_cursor() {
    assertThat(View.printable("a\u001b[2Jb\u0007\rc\u009bd")).isEqualTo("a [2Jb  c d");
  }

  @Test
  void a_bar_shows_how_far_a_file_is() {
    assertThat(View.bar(0, 10)).isEqualTo("░░░░░░░░░░░░░░░░░░░░   0% of 10 B");
    assertThat(View.bar(2_500_000, 10_000_000)).isEqualTo("█████░░░░░░░░░░░░░░░  25% of 10.0 MB");
    assertThat(View.bar(7, 0)).endsWith("100% of 0 B");
  }

  @Test
  void a_file_is_saved_under_a_name_that_stays_in_the_folder() throws IOException {
    assertThat(name("../../.bashrc")).isEqualTo("bashrc");
    assertThat(name("C:\\x\\y.txt")).isEqualTo("y.txt");
    assertThat(name("..")).isEqualTo("file");
    assertThat(FileCommands.free(folder, "new.png")).isEqualTo(folder.resolve("new.png"));
    Files.createFile(folder.resolve("new.png"));
    assertThat(FileCommands.free(folder, "new.png")).isEqualTo(folder.resolve("new (1).png"));
  }

  private static String name(String given) {
    return FileCommands.nameOf(Body.of(Map.of("type", "file", "name", given)));
  }

  @Test
  void a_path_may_be_quoted_or_have_spaces_behind_backslashes() {
    assertThat(Arguments.of("a.png")).isEqualTo(new Arguments("a.png", ""));
    assertThat(Arguments.of("a.png my cat")).isEqualTo(new Arguments("a.png", "my cat"));
    assertThat(Arguments.of("\"my cat.png\"  it's mine"))
        .isEqualTo(new Arguments("my cat.png", "it's mine"));
    assertThat(Arguments.of("my\\ cat.png x")).isEqualTo(new Arguments("my cat.png", "x"));
    assertThat(Arguments.of(" ")).isEqualTo(new Arguments("", ""));
  }

  @Test
  void being_offline_is_said() {
    assertThat(view().header(new Connection(Status.OFFLINE, "no answer"), "").toString())
        .contains("OFFLINE (no answer)", "waits on this device");
  }

  @Test
  void a_command_says_what_is_missing() {
    assertThat(Commands.number("#12 text")).isEqualTo(12);
    assertThat(Commands.text("#12 some text")).isEqualTo("some text");
    assertThatThrownBy(() -> Commands.number("text")).hasMessageContaining("Which message?");
    assertThatThrownBy(() -> Commands.text("12")).hasMessageContaining("missing");
  }
}
