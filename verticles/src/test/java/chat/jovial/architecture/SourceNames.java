package chat.jovial.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Index of the types that the sources declare, in Java and JavaScript. It reads texts, because the
 * kits, the page and the bench are on no class path of this module.
 */
final class SourceNames {
  private static final Pattern TYPE =
      Pattern.compile("^[^*/\"\n]*?\\b(?:class|record|interface|enum) (\\w+)", Pattern.MULTILINE);

  /** Texts of the files that declare a type of that name. */
  private final Map<String, List<String>> textsByType = new HashMap<>();

  private SourceNames() {}

  static SourceNames read() throws IOException {
    SourceNames names = new SourceNames();
    for (String ending : List.of(".java", ".js")) {
      for (Path file : Documents.filesNamed(ending)) {
        names.add(Files.readString(file));
      }
    }
    return names;
  }

  private void add(String text) {
    Matcher type = TYPE.matcher(text);
    while (type.find()) {
      textsByType.computeIfAbsent(type.group(1), name -> new ArrayList<>()).add(text);
    }
  }

  boolean declare(String type) {
    return textsByType.containsKey(type);
  }

  /** Whether a file that declares the type declares a method, field or constant of that name. */
  boolean declare(String type, String member) {
    String name = Pattern.quote(member);
    // A method after its type or at the beginning of a line, a field, or a constant of an enum. A
    // call is none: it is indented deeper, or stands after return or a dot.
    Pattern declaration =
        Pattern.compile(
            "^ {2,4}(?!return |throw |\\*|//)(?:[\\w@<>\\[\\], .?#]+ )?#?%s(?: ?\\(|;| =|,)"
                .formatted(name),
            Pattern.MULTILINE);
    return textsByType.getOrDefault(type, List.of()).stream()
        .anyMatch(text -> declaration.matcher(text).find());
  }
}
