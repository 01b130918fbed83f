package chat.jovial.edge.files.download;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which bytes of a file a {@code Range} asks for (RFC 9110, section 14). */
final class Ranges {
  /** More separate ranges than any honest reader asks for at once: the whole file is sent. */
  static final int MAX = 32;

  private static final String UNIT = "bytes=";
  private static final Pattern SPEC = Pattern.compile("([0-9]*)-([0-9]*)");

  /** Of numbers with more digits than a long has for certain: far beyond every end. */
  private static final int MAX_DIGITS = 18;

  private Ranges() {}

  /**
   * In the order asked for, unless some overlap: those are made one. No list at all means the whole
   * file, because the header asks for no bytes, cannot be read, or asks for too many ranges; an
   * empty list that it asks for nothing that is there.
   */
  static Optional<List<ByteRange>> of(@Nullable String header, long size) {
    if (header == null || !header.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
      return Optional.empty();
    }
    List<ByteRange> ranges = new ArrayList<>();
    boolean any = false;
    for (String spec : header.substring(UNIT.length()).split(",")) {
      if (spec.isBlank()) {
        continue;
      }
      Matcher parts = SPEC.matcher(spec.strip());
      if (!parts.matches() || spec.strip().length() == 1) {
        return Optional.empty();
      }
      any = true;
      String first = parts.group(1);
      String last = parts.group(2);
      if (first.isEmpty()) {
        long length = number(last);
        if (length > 0 && size > 0) {
          ranges.add(new ByteRange(Math.max(0, size - length), size - 1));
        }
        continue;
      }
      long from = number(first);
      long to = last.isEmpty() ? Long.MAX_VALUE : number(last);
      if (to < from) {
        return Optional.empty();
      }
      if (from < size) {
        ranges.add(new ByteRange(from, Math.min(to, size - 1)));
      }
    }
    List<ByteRange> joined = joined(ranges);
    return any && joined.size() <= MAX ? Optional.of(joined) : Optional.empty();
  }

  private static List<ByteRange> joined(List<ByteRange> ranges) {
    List<ByteRange> joined = new ArrayList<>();
    List<ByteRange> sorted = new ArrayList<>(ranges);
    sorted.sort(Comparator.comparingLong(ByteRange::first));
    for (ByteRange range : sorted) {
      int newest = joined.size() - 1;
      if (newest >= 0 && joined.get(newest).overlaps(range)) {
        ByteRange before = joined.get(newest);
        joined.set(newest, new ByteRange(before.first(), Math.max(before.last(), range.last())));
      } else {
        joined.add(range);
      }
    }
    return joined.size() == ranges.size() ? List.copyOf(ranges) : List.copyOf(joined);
  }

  private static long number(String digits) {
    String significant = digits.replaceFirst("^0+(?=.)", "");
    return significant.length() > MAX_DIGITS ? Long.MAX_VALUE : Long.parseLong(significant);
  }
}
