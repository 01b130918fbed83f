package chat.jovial.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of names in {@code clients/README.md}, against the sources of both kits. */
class NamesTest {
  private static final Path CLIENTS = Kits.root().resolve("clients");
  private static final Path JAVA = CLIENTS.resolve("java/src/main/java/chat/jovial/client");
  private static final Path JAVASCRIPT = CLIENTS.resolve("js/src");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  @Test
  void both_kits_have_what_an_app_uses_under_the_same_name() throws IOException {
    String java = sources(JAVA, ".java");
    String javascript = sources(JAVASCRIPT, ".js");
    List<String> missing = new ArrayList<>();
    int count = 0;
    for (String row : rows("### What an app uses", "### Parts of a kit")) {
      for (String name : codes(row.split("\\|", -1)[1])) {
        count++;
        if (!declares(java, name) || !declares(javascript, name)) {
          missing.add(name);
        }
      }
    }
    assertThat(count).isGreaterThan(30);
    assertThat(missing).isEmpty();
  }

  @Test
  void both_kits_have_their_parts_where_the_table_says() throws IOException {
    List<String> missing = new ArrayList<>();
    int count = 0;
    for (String row : rows("### Parts of a kit", "\n## ")) {
      String[] cells = row.split("\\|", -1);
      String name = codes(cells[1]).get(0);
      count++;
      for (String path : codes(cells[3])) {
        Path file = JAVA.resolve(path + ".java");
        if (!file.endsWith(name + ".java") || !Files.exists(file)) {
          missing.add(file.toString());
        }
      }
      for (String path : codes(cells[4])) {
        Path file = JAVASCRIPT.resolve(path);
        if (!Files.exists(file) || !Files.readString(file).contains(name)) {
          missing.add(file + " with " + name);
        }
      }
    }
    assertThat(count).isGreaterThan(10);
    assertThat(missing).isEmpty();
  }

  /** A declaration of a method, a function, a class or a type, not merely a mention. */
  private static boolean declares(String source, String name) {
    String word = Pattern.quote(name);
    return Pattern.compile(
            "(public|static|async|get|export|function|class|interface|record|enum)[^\\n;=(]*\\b"
                + word
                + "\\b"
                + "|(?m)^  (async )?"
                + word
                + "\\("
                + "|@typedef \\{[^\\n]*\\} "
                + word
                + "\\b")
        .matcher(source)
        .find();
  }

  private static List<String> rows(String heading, String end) throws IOException {
    String text = Files.readString(CLIENTS.resolve("README.md"));
    int from = text.indexOf(heading);
    int to = text.indexOf(end, from + heading.length());
    return text.substring(from, to < 0 ? text.length() : to)
        .lines()
        .filter(line -> line.startsWith("| `"))
        .toList();
  }

  private static List<String> codes(String cell) {
    return CODE.matcher(cell).results().map(each -> each.group(1)).toList();
  }

  private static String sources(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.filter(each -> each.toString().endsWith(ending)).toList();
      List<String> texts = new ArrayList<>();
      for (Path file : all) {
        texts.add(Files.readString(file));
      }
      return texts.stream().collect(Collectors.joining("\n"));
    }
  }
}
