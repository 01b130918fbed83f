package chat.jovial.edge.http;

import chat.jovial.edge.webapp.AppBundle;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The web app as one page and one script, bundled again when a file of it has changed. Any thread
 * that may block; a first bundle takes some hundred milliseconds, later requests look at the times
 * of the files.
 */
final class BundledApp {
  private static final Logger LOG = LoggerFactory.getLogger(BundledApp.class);

  /** The address of the script says what is in it. */
  static final String SCRIPTS = "/app/";

  private static final String INDEX = "index.html";
  private static final String KIT = "/kit/";
  private static final String WEBJARS = "/webjars/";
  private static final int NAME_BYTES = 16;

  /**
   * @param page null where the app cannot be bundled: it is served in its many files then
   * @param modified when each file was changed
   */
  private record Built(
      @Nullable Page page, @Nullable Page script, String address, Map<Path, Long> modified) {}

  private final Path root;
  private final Path kit;
  private @Nullable Built built;

  BundledApp(Path root, Path kit) {
    this.root = root;
    this.kit = kit;
  }

  /** The page, or null where it has to be served as it is. */
  @Nullable Page page() {
    return current().page();
  }

  /**
   * The script; another one than asked for where the page came from a server of another version,
   * and not to be kept then.
   */
  @Nullable Page script(String address) {
    Built app = current();
    Page script = app.script();
    return script == null || app.address().equals(address) ? script : script.notKept();
  }

  private synchronized Built current() {
    Built app = built;
    if (app == null || !isUnchanged(app.modified())) {
      app = build();
      built = app;
    }
    return app;
  }

  private static boolean isUnchanged(Map<Path, Long> modified) {
    return modified.entrySet().stream()
        .allMatch(file -> file.getValue().equals(modifiedAt(file.getKey())));
  }

  private static Long modifiedAt(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException gone) {
      return 0L;
    }
  }

  private Built build() {
    Map<Path, Long> modified = new HashMap<>();
    try {
      String html = read(root.resolve(INDEX), modified);
      AppBundle bundle = AppBundle.of(html, path -> module(path, modified), BundledApp::addressOf);
      Page page = Page.of(INDEX, Buffer.buffer(bundle.html()), Page.REVALIDATE).compressed();
      Page script = Page.of("app.js", Buffer.buffer(bundle.script()), Page.FOR_GOOD).compressed();
      return new Built(page, script, addressOf(bundle.script()), modified);
    } catch (IOException | IllegalStateException failure) {
      LOG.warn("The web app cannot be bundled and is served in its many files", failure);
      return new Built(null, null, "", modified);
    }
  }

  private static String addressOf(String script) {
    byte[] digest = PageHeaders.sha256(script.getBytes(StandardCharsets.UTF_8));
    String name = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    return SCRIPTS + name.substring(0, NAME_BYTES) + ".js";
  }

  private String module(String path, Map<Path, Long> modified) throws IOException {
    if (path.startsWith(WEBJARS)) {
      return webjar(path);
    }
    return path.startsWith(KIT)
        ? read(kit.resolve(path.substring(KIT.length())), modified)
        : read(root.resolve(path.substring(1)), modified);
  }

  private static String read(Path file, Map<Path, Long> modified) throws IOException {
    modified.put(file, modifiedAt(file));
    return Files.readString(file);
  }

  private static String webjar(String path) throws IOException {
    String resource = "META-INF/resources" + path;
    try (InputStream in = BundledApp.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("There is no " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
