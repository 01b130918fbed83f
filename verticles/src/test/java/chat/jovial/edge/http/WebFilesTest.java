package chat.jovial.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebFilesTest {
  private static final Pattern SCRIPT = Pattern.compile("src=\"(/app/[^\"]+)\"");
  private static final String INDEX =
      "<script type=\"importmap\">{\"imports\": {}}</script>\n"
          + "<script type=\"module\" src=\"/js/main.js\"></script>\n";

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private WebFiles files;

  @BeforeEach
  void an_app_of_two_modules() throws IOException {
    Files.createDirectories(folder.resolve("webroot/js"));
    write("index.html", INDEX);
    write("js/main.js", "import { name } from './name.js';\ndocument.title = name;\n");
    write("js/name.js", "export const name = 'first';\n" + "// a long comment\n".repeat(100));
    files = new WebFiles(vertx, folder.resolve("webroot"));
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(folder.resolve("webroot").resolve(name), content);
  }

  private Optional<Page> find(String path) {
    return files.find(path).await();
  }

  private String scriptAddress() {
    Matcher script = SCRIPT.matcher(find("/").orElseThrow().content().toString());
    assertThat(script.find()).isTrue();
    return script.group(1);
  }

  @Test
  void the_app_is_one_script_whose_address_never_changes_its_content() {
    Page script = find(scriptAddress()).orElseThrow();

    assertThat(script.content().toString()).contains("document.title = name", "'first'");
    assertThat(script.caching()).isEqualTo(Page.FOR_GOOD);
    assertThat(find("/").orElseThrow().caching()).isEqualTo(Page.REVALIDATE);
  }

  @Test
  void a_changed_file_makes_another_script() throws IOException {
    String before = scriptAddress();
    write("js/name.js", "export const name = 'second';\n");
    Path changed = folder.resolve("webroot/js/name.js");
    Files.setLastModifiedTime(changed, FileTime.from(Instant.now().plusSeconds(5)));

    String after = scriptAddress();

    assertThat(after).isNotEqualTo(before);
    assertThat(find(after).orElseThrow().content().toString()).contains("'second'");
  }

  @Test
  void a_script_of_another_version_is_the_one_of_this_and_is_not_kept() {
    Page script = find("/app/of-another-node.js").orElseThrow();

    assertThat(script.content().toString()).contains("'first'");
    assertThat(script.caching()).isEqualTo(Page.REVALIDATE);
  }

  @Test
  void an_app_that_cannot_be_bundled_is_served_in_its_files() throws IOException {
    write("js/name.js", "export default 'first';\n");

    assertThat(find("/").orElseThrow().content().toString()).isEqualTo(INDEX);
    assertThat(find("/app/any.js")).isEmpty();
    assertThat(find("/js/main.js")).isPresent();
  }

  @Test
  void text_that_is_worth_it_is_compressed() {
    Page large = find("/js/name.js").orElseThrow();
    Page small = find("/js/main.js").orElseThrow();

    assertThat(Objects.requireNonNull(large.gzip()).length()).isLessThan(large.content().length());
    assertThat(small.gzip()).isNull();
  }
}
