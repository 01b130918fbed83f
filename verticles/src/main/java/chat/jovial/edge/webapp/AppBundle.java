package chat.jovial.edge.webapp;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bundle of a page: its HTML, and all of its modules as one script in the order in which they run.
 * A hundred and fifty modules take seconds over a distant connection, whatever their size; one
 * takes a round trip.
 *
 * @param html the page, with one script in place of its import map and its entry
 * @param script what that script is
 */
public record AppBundle(String html, String script) {
  private static final Pattern ENTRY =
      Pattern.compile("<script type=\"module\" src=\"([^\"]+)\"></script>");

  /** Reads a module by its path. */
  public interface Reader {
    String read(String path) throws IOException;
  }

  /**
   * @param html a page with an import map and one module
   * @param addressOf the address of a script from what it is
   */
  public static AppBundle of(String html, Reader reader, Addresses addressOf) throws IOException {
    Matcher entry = ENTRY.matcher(html);
    if (!entry.find()) {
      throw new IllegalStateException("The page has no module");
    }
    Modules modules = new Modules(ImportMap.of(html), reader);
    modules.addEntry(entry.group(1));
    StringBuilder script = new StringBuilder("const __modules={};\n");
    modules.inOrder.values().forEach(module -> script.append(module.asFunction()));
    String text = script.toString();
    String tag = "<script type=\"module\" src=\"" + addressOf.of(text) + "\"></script>";
    String page =
        ENTRY.matcher(ImportMap.without(html)).replaceFirst(Matcher.quoteReplacement(tag));
    return new AppBundle(page, text);
  }

  /** Addresses of scripts. */
  public interface Addresses {
    String of(String script);
  }

  /** Modules of a page, each after those that it depends on. */
  private static final class Modules {
    private final ImportMap imports;
    private final Reader reader;
    private final Map<String, ScriptModule> inOrder = new LinkedHashMap<>();
    private final Set<String> begun = new HashSet<>();
    private final Set<String> leftOut = new HashSet<>();
    private final Deque<String> wantedLater = new ArrayDeque<>();

    private Modules(ImportMap imports, Reader reader) {
      this.imports = imports;
      this.reader = reader;
    }

    /**
     * The entry runs last: also after what is imported only when it is needed, which it may need at
     * once.
     */
    private void addEntry(String path) throws IOException {
      if (!visit(path)) {
        throw new IllegalStateException(path + " is for Node.js only");
      }
      ScriptModule entry = Objects.requireNonNull(inOrder.remove(path));
      while (!wantedLater.isEmpty()) {
        visit(wantedLater.removeFirst());
      }
      inOrder.put(path, entry);
    }

    /** Adds a module after those that it depends on; false if one of them is for Node.js only. */
    private boolean visit(String path) throws IOException {
      if (inOrder.containsKey(path) || leftOut.contains(path)) {
        return inOrder.containsKey(path);
      }
      if (!begun.add(path)) {
        throw new IllegalStateException("Cannot bundle a cycle of imports at " + path);
      }
      ScriptModule module =
          new ScriptModule(path, reader.read(path), name -> imports.resolve(name, path));
      boolean isForPages = !module.isForNode();
      for (String dependency : isForPages ? module.dependencies() : List.<String>of()) {
        isForPages &= visit(dependency);
      }
      if (!isForPages) {
        leftOut.add(path);
        return false;
      }
      inOrder.put(path, module);
      wantedLater.addAll(module.later());
      return true;
    }
  }
}
