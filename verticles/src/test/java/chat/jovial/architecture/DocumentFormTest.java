package chat.jovial.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The form of the docs: lines that a diff can show, cells instead of paragraphs, links that work.
 */
class DocumentFormTest {
  private static final int MAX_LINE = 100;

  /**
   * A row of a table cannot be wrapped, so a cell holds a phrase; paragraphs go under the table.
   */
  private static final int MAX_CELL = 240;

  private static final Pattern CELL_BORDER = Pattern.compile("(?<!\\\\)\\|");
  private static final Pattern LIST_MARK = Pattern.compile("^\\s*([-*+]|\\d+\\.)\\s+");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  @Test
  void lines_have_at_most_100_characters() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path file : Documents.all()) {
      forEachLineOfText(
          file,
          (number, line) -> {
            if (!isRow(line) && length(line) > MAX_LINE && canBeWrapped(line)) {
              tooLong.add(place(file, number) + " has " + length(line));
            }
          });
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void cells_of_tables_hold_no_paragraphs() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path file : Documents.all()) {
      forEachLineOfText(
          file,
          (number, line) -> {
            for (String cell : isRow(line) ? CELL_BORDER.split(line) : new String[0]) {
              if (length(cell.strip()) > MAX_CELL) {
                tooLong.add(place(file, number) + " has a cell of " + length(cell.strip()));
              }
            }
          });
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void links_lead_to_files_and_headings_that_exist() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path file : Documents.all()) {
      forEachLineOfText(
          file,
          (number, line) -> {
            Matcher link = LINK.matcher(line);
            while (link.find()) {
              if (!link.group(1).contains("://") && !leadsSomewhere(file, link.group(1))) {
                broken.add(place(file, number) + " links to " + link.group(1));
              }
            }
          });
    }
    assertThat(broken).isEmpty();
  }

  private static boolean leadsSomewhere(Path from, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]).normalize();
    if (!Files.exists(target) || parts.length == 1 || !target.toString().endsWith(".md")) {
      return Files.exists(target);
    }
    List<String> anchors = new ArrayList<>();
    forEachLineOfText(
        target,
        (number, line) -> {
          if (line.startsWith("#")) {
            anchors.add(anchorOf(line));
          }
        });
    return anchors.contains(parts[1]);
  }

  /** As GitHub makes it: lower case, blanks become dashes, other punctuation goes. */
  private static String anchorOf(String heading) {
    return heading
        .replaceFirst("^#+\\s*", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
        .replace(' ', '-');
  }

  private static boolean isRow(String line) {
    return line.stripLeading().startsWith("|");
  }

  /** A link or a word longer than a line stays whole. */
  private static boolean canBeWrapped(String line) {
    return LIST_MARK.matcher(line).replaceFirst("").strip().contains(" ");
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String place(Path file, int number) {
    return Documents.ROOT.relativize(file) + ":" + number;
  }

  private interface LineReader {
    void read(int number, String line) throws IOException;
  }

  /** Without blocks of code, whose lines are as a program or a terminal has them. */
  private static void forEachLineOfText(Path file, LineReader reader) throws IOException {
    boolean code = false;
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (line.stripLeading().startsWith("```")) {
        code = !code;
      } else if (!code) {
        reader.read(number, line);
      }
    }
  }
}
