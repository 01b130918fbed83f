package chat.jovial.edge.webapp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One ES module, rewritten as a function that takes what it imports from the modules before it.
 * Reads the import and export statements of formatted code and of minified libraries, not the whole
 * language: what it does not know it refuses.
 */
final class ScriptModule {
  /** Names of modules that only Node.js has begin so. */
  private static final String NODE = "node:";

  private static final String AT_STATEMENT = "(?m)(?:^|(?<=[;}]))[ \\t]*";
  private static final String QUOTED = "([\"'])([^\"'\\n]+)\\%d[ \\t]*;?";

  private static final Pattern IMPORT =
      Pattern.compile(
          AT_STATEMENT + "import\\s*(?:([^\"'`;()]*?)\\s*from\\s*)?" + QUOTED.formatted(2));
  private static final Pattern EXPORT_FROM =
      Pattern.compile(
          AT_STATEMENT + "export\\s*(\\*|\\{[^}]*\\})\\s*from\\s*" + QUOTED.formatted(2));
  private static final Pattern EXPORT_LIST =
      Pattern.compile(AT_STATEMENT + "export\\s*\\{([^}]*)\\}[ \\t]*;?");
  private static final Pattern EXPORT_DECLARATION =
      Pattern.compile(
          "(?m)^export\\s+((?:async\\s+)?(?:function\\*?|class|const|let))\\s+([\\w$]+)");
  private static final Pattern IMPORT_LATER =
      Pattern.compile("await import\\((['\"])([^'\"]+)\\1\\)");
  private static final Pattern LEFT_OVER =
      Pattern.compile("(?m)^\\s*(?:export\\b(?!\\()|import\\b(?!\\())[ \\t]*[\\w${*\"'].*$");

  /** Comments that stand alone, and types on one line: no string of ours looks like them. */
  private static final Pattern COMMENTS =
      Pattern.compile(
          "(?m)^[ \\t]*/\\*(?s:.*?)\\*/[ \\t]*\\n|^[ \\t]*//.*\\n?|[ \\t]*/\\*\\*[^\\n]*?\\*/");

  private final String path;
  private final UnaryOperator<String> resolve;
  private final List<String> takes = new ArrayList<>();
  private final Map<String, String> exports = new LinkedHashMap<>();
  private final List<String> dependencies = new ArrayList<>();
  private final List<String> later = new ArrayList<>();
  private final String body;
  private boolean node;

  /**
   * @param resolve the path of a module from its name here
   */
  ScriptModule(String path, String source, UnaryOperator<String> resolve) {
    this.path = path;
    this.resolve = resolve;
    String code = COMMENTS.matcher(source).replaceAll("");
    code = IMPORT.matcher(code).replaceAll(this::takeImport);
    code = EXPORT_FROM.matcher(code).replaceAll(this::takeExportFrom);
    code = EXPORT_LIST.matcher(code).replaceAll(this::takeExportList);
    code = EXPORT_DECLARATION.matcher(code).replaceAll(this::takeDeclaration);
    code = IMPORT_LATER.matcher(code).replaceAll(this::takeLater);
    Matcher leftOver = LEFT_OVER.matcher(code);
    if (leftOver.find()) {
      throw new IllegalStateException("Cannot bundle " + path + ": " + leftOver.group().strip());
    }
    String here = "new URL(\"" + path + "\",location.origin).href";
    this.body = code.replace("import.meta.url", here).strip();
  }

  /** Whether it is for Node.js only. */
  boolean isForNode() {
    return node;
  }

  /** Modules that must have run before this one. */
  List<String> dependencies() {
    return dependencies;
  }

  /** Modules that this one imports when it needs them. */
  List<String> later() {
    return later;
  }

  /** The module as a function that is called at once. */
  String asFunction() {
    StringBuilder function = new StringBuilder("(()=>{\n");
    takes.forEach(line -> function.append(line).append('\n'));
    function.append(body).append("\n").append(reference(path)).append("={...");
    function.append(reference(path)).append(',');
    exports.forEach(
        (name, value) ->
            function.append("get ").append(name).append("(){return ").append(value).append("},"));
    return function.append("};\n})();\n").toString();
  }

  static String reference(String path) {
    return "__modules[\"" + path + "\"]";
  }

  private String takeImport(MatchResult statement) {
    String from = depend(statement.group(3));
    String clause = statement.group(1);
    if (clause == null) {
      return "";
    }
    if (clause.startsWith("{")) {
      takes.add("const " + clause.replaceAll("\\s+as\\s+", ":") + "=" + from + ";");
    } else if (clause.startsWith("*")) {
      takes.add("const " + clause.replaceFirst("\\*\\s*as\\s+", "") + "=" + from + ";");
    } else {
      throw new IllegalStateException("Cannot bundle " + path + ": a default import");
    }
    return "";
  }

  private String takeExportFrom(MatchResult statement) {
    String from = depend(statement.group(3));
    if (statement.group(1).equals("*")) {
      takes.add(reference(path) + "=Object.assign(" + reference(path) + "??{}," + from + ");");
    } else {
      names(statement.group(1)).forEach((name, value) -> exports.put(name, from + "." + value));
    }
    return "";
  }

  private String takeExportList(MatchResult statement) {
    exports.putAll(names(statement.group(1)));
    return "";
  }

  private String takeDeclaration(MatchResult statement) {
    exports.put(statement.group(2), statement.group(2));
    return Matcher.quoteReplacement(statement.group(1) + " " + statement.group(2));
  }

  private String takeLater(MatchResult call) {
    String target = resolved(call.group(2));
    later.add(target);
    String loaded = "await (" + reference(target) + "??import(\"" + target + "\"))";
    return Matcher.quoteReplacement(loaded);
  }

  private String depend(String name) {
    String target = resolved(name);
    dependencies.add(target);
    return reference(target);
  }

  private String resolved(String name) {
    boolean isOfNode = name.startsWith(NODE);
    node |= isOfNode;
    return isOfNode ? name : resolve.apply(name);
  }

  /** Local names by exported ones. */
  private static Map<String, String> names(String list) {
    Map<String, String> names = new LinkedHashMap<>();
    for (String item : list.replaceAll("[{}]", "").split(",")) {
      String[] parts = item.strip().split("\\s+as\\s+");
      if (!parts[0].isEmpty()) {
        names.put(parts[parts.length - 1], parts[0]);
      }
    }
    return names;
  }
}
