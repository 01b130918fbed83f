package chat.jovial.edge.webapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the browser makes of a bundle is tested by WebAppIT. */
class AppBundleTest {
  private static final String PAGE =
      """
      <head>
      <script type="importmap">{"imports": {"lib": "/lib/index.js", "lib/": "/lib/"}}</script>
      <script type="module" src="/js/main.js"></script>
      </head>
      """;

  private final Map<String, String> files = new HashMap<>();

  private AppBundle bundle() throws IOException {
    return AppBundle.of(PAGE, this::read, script -> "/app/" + script.length() + ".js");
  }

  private String read(String path) throws IOException {
    String source = files.get(path);
    if (source == null) {
      throw new FileNotFoundException(path);
    }
    return source;
  }

  @Test
  void the_page_has_one_script_in_place_of_its_modules() throws IOException {
    files.put("/js/main.js", "start();\n");

    AppBundle bundle = bundle();

    assertThat(bundle.html())
        .contains("src=\"/app/" + bundle.script().length() + ".js\"")
        .doesNotContain("importmap", "main.js");
  }

  @Test
  void each_module_runs_once_and_after_those_that_it_imports() throws IOException {
    files.put("/js/main.js", "import './a.js';\nimport { b } from './b.js';\nstart(b);\n");
    files.put("/js/a.js", "import { b as other } from './b.js';\nother();\n");
    files.put("/js/b.js", "export function b() {}\n");

    String script = bundle().script();

    assertThat(script).containsOnlyOnce("function b() {}");
    assertThat(script.indexOf("function b() {}")).isLessThan(script.indexOf("other();"));
    assertThat(script.indexOf("other();")).isLessThan(script.indexOf("start(b);"));
    assertThat(script)
        .contains("const { b:other }=__modules[\"/js/b.js\"];")
        .contains("get b(){return b}");
  }

  @Test
  void minified_libraries_export_under_other_names_and_pass_on_those_of_others()
      throws IOException {
    files.put("/js/main.js", "import { x, y, z } from 'lib';\nstart(x, y, z);\n");
    files.put(
        "/lib/index.js",
        "import{q as t}from\"lib/q.js\";export*from\"lib/q.js\";const n=t;export{n as x,t as y};\n");
    files.put(
        "/lib/q.js", "/** licence */\nconst q=1,z=2;export{q,z};\n//# sourceMappingURL=q.js.map\n");

    assertThat(bundle().script())
        .contains("const {q:t}=__modules[\"/lib/q.js\"];")
        .contains("get x(){return n}")
        .contains("get y(){return t}")
        .contains("Object.assign(")
        .doesNotContain("licence", "sourceMappingURL", "export");
  }

  @Test
  void what_is_imported_when_it_is_needed_is_there_before_the_entry_runs() throws IOException {
    files.put("/js/main.js", "start(async () => (await import('./later.js')).later);\n");
    files.put("/js/later.js", "export const later = 1;\n");

    String script = bundle().script();

    assertThat(script).contains("await (__modules[\"/js/later.js\"]??import(\"/js/later.js\"))");
    assertThat(script.indexOf("const later = 1")).isLessThan(script.indexOf("start("));
  }

  @Test
  void what_only_node_has_is_left_out() throws IOException {
    files.put("/js/main.js", "start(async () => await import('./disk.js'));\n");
    files.put("/js/disk.js", "import { lock } from './lock.js';\nexport const disk = lock;\n");
    files.put("/js/lock.js", "import { open } from 'node:fs';\nexport const lock = open;\n");

    assertThat(bundle().script()).contains("import(\"/js/disk.js\")").doesNotContain("node:fs");
  }

  @Test
  void words_of_types_and_comments_are_no_statements() throws IOException {
    files.put(
        "/js/main.js",
        """
        /**
         * import { a } from './nowhere.js';
         */
        // export { b };
        const text = /** @type {import('./types.js').Text} */ (important('export'));
        start(text);
        """);

    assertThat(bundle().script()).contains("const text = (important('export'));");
  }

  @Test
  void what_it_does_not_know_is_refused() {
    files.put("/js/main.js", "import './a.js';\n");
    files.put("/js/a.js", "export default class {}\n");
    assertThatThrownBy(this::bundle).hasMessageContaining("/js/a.js");

    files.put("/js/a.js", "import './main.js';\n");
    assertThatThrownBy(this::bundle).hasMessageContaining("cycle");
  }
}
