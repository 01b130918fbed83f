package chat.jovial.edge.webapp;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Import map of a page: what names of modules mean (HTML Living Standard, 8.1.6.2).
 *
 * @param imports addresses by name, or by prefix where the name ends with a slash
 */
record ImportMap(Map<String, String> imports) {
  private static final Pattern IN_PAGE =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>\\s*", Pattern.DOTALL);

  static ImportMap of(String html) {
    Matcher map = IN_PAGE.matcher(html);
    Map<String, String> imports = new HashMap<>();
    if (map.find()) {
      new JsonObject(map.group(1))
          .getJsonObject("imports")
          .forEach(entry -> imports.put(entry.getKey(), (String) entry.getValue()));
    }
    return new ImportMap(Map.copyOf(imports));
  }

  static String without(String html) {
    return IN_PAGE.matcher(html).replaceAll("");
  }

  /** The path of a module that another one names. */
  String resolve(String name, String from) {
    if (name.startsWith(".") || name.startsWith("/")) {
      return URI.create(from).resolve(name).getPath();
    }
    String exact = imports.get(name);
    if (exact != null) {
      return exact;
    }
    @Nullable String prefix = null;
    for (String candidate : imports.keySet()) {
      boolean fits = candidate.endsWith("/") && name.startsWith(candidate);
      if (fits && (prefix == null || candidate.length() > prefix.length())) {
        prefix = candidate;
      }
    }
    if (prefix == null) {
      throw new IllegalStateException("No import map says what '" + name + "' is in " + from);
    }
    return imports.get(prefix) + name.substring(prefix.length());
  }
}
