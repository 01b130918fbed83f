package chat.jovial.terminal;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;

/**
 * Wrapping of a line at spaces, as wide as the screen. A word breaks only if it fits on no line.
 */
final class Wrapping {
  private Wrapping() {}

  static List<AttributedString> lines(AttributedString line, int width) {
    List<AttributedString> lines = new ArrayList<>();
    AttributedString rest = line;
    while (rest.columnLength() > width) {
      int cut = cut(rest, width);
      lines.add(rest.subSequence(0, cut));
      int next = cut;
      while (next < rest.length() && rest.charAt(next) == ' ') {
        next++;
      }
      rest = rest.subSequence(next, rest.length());
    }
    lines.add(rest);
    return lines;
  }

  /** Where the line ends, in characters. */
  private static int cut(AttributedString text, int width) {
    int fits = Math.max(1, text.columnSubSequence(0, width).length());
    if (fits >= text.length() || text.charAt(fits) == ' ') {
      return fits;
    }
    int space = text.toString().lastIndexOf(' ', fits - 1);
    if (space <= 0) {
      return fits;
    }
    int end = text.toString().indexOf(' ', space + 1);
    AttributedString word = text.subSequence(space + 1, end < 0 ? text.length() : end);
    return word.columnLength() > width ? fits : space;
  }
}
