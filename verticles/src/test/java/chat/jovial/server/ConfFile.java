package chat.jovial.server;

import chat.jovial.config.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code conf/jovial.yaml} must say: every setting with its explanation and its default. */
final class ConfFile {
  private static final int WIDTH = 110;

  private static final String HEAD =
      """
      # The settings of Jovial, each with its default and what it is for.
      #
      # A setting is named section.name. It can be given in this file, as an environment variable, or as a flag:
      # http.port is JOVIAL_HTTP_PORT and --http-port. A flag wins over a variable, a variable over this file.
      # A name that is not known here, or a value that is not allowed, stops the start and is named.
      # Durations are written like 500ms, 3s, 15m, 2h or 30d. A setting without a value is not set.
      # Settings are read at the start of a node: a change needs a restart, in a cluster one node after the other.
      # (Only the file of master keys is read again while a node runs.)
      # ./jovial config shows the effective values and where each comes from.
      """;

  private ConfFile() {}

  static String of(List<Setting<?>> settings) {
    Map<String, List<Setting<?>>> bySection =
        settings.stream()
            .collect(
                Collectors.groupingBy(
                    setting -> setting.key().substring(0, setting.key().indexOf('.')),
                    LinkedHashMap::new,
                    Collectors.toList()));
    StringBuilder out = new StringBuilder(HEAD);
    bySection.forEach(
        (section, ofSection) -> {
          out.append('\n').append(section).append(":\n");
          ofSection.forEach(setting -> append(out, setting, section.length() + 1));
        });
    return out.toString();
  }

  private static void append(StringBuilder out, Setting<?> setting, int prefix) {
    String allowed = setting.allowed();
    for (String line : wrap(setting.doc() + " (" + allowed + ")")) {
      out.append("  # ").append(line).append('\n');
    }
    String value = yaml(setting);
    out.append("  ")
        .append(setting.key().substring(prefix))
        .append(value.isEmpty() ? ":" : ": " + value)
        .append('\n');
  }

  private static String yaml(Setting<?> setting) {
    String text = setting.defaultText();
    if (setting.allowed().startsWith("a list")) {
      return "[" + text.replace(",", ", ") + "]";
    }
    return text;
  }

  private static List<String> wrap(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
