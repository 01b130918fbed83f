package chat.jovial.edge.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileProps;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The web app's files from its folder, as they are now, the JavaScript kit's from where it lies
 * beside it, and webjars from the class path. Any thread; the disk is read on worker threads.
 */
public final class WebFiles {
  private static final String WEBJARS = "/webjars/";
  private static final String WEBJARS_ON_CLASS_PATH = "META-INF/resources/webjars/";
  private static final String KIT = "/kit/";

  /** Seen from the folder that the web app is in. */
  private static final Path KIT_SOURCES = Path.of("clients", "js", "src");

  private static final String INDEX = "index.html";

  /** Bytes of files kept in memory; the least used go first. */
  private static final long MAX_KEPT_BYTES = 32L * 1024 * 1024;

  /** A page as it was read. */
  private record Kept(Page page, long modifiedMillis, long size) {}

  private final Vertx vertx;
  private final Path root;
  private final Path kit;
  private final BundledApp app;
  private final Cache<String, Kept> kept =
      Caffeine.newBuilder()
          .maximumWeight(MAX_KEPT_BYTES)
          .<String, Kept>weigher((path, file) -> file.page().content().length())
          .build();

  public WebFiles(Vertx vertx, Path root) {
    this.vertx = vertx;
    this.root = root.toAbsolutePath().normalize();
    this.kit = this.root.resolveSibling(KIT_SOURCES);
    this.app = new BundledApp(this.root, kit);
  }

  /**
   * What a path leads to, or nothing.
   *
   * @param path normalised and decoded, beginning with a slash
   */
  Future<Optional<Page>> find(String path) {
    if (path.indexOf('\0') >= 0 || path.indexOf('\\') >= 0 || path.contains("/.")) {
      return Future.succeededFuture(Optional.empty());
    }
    if (path.startsWith(WEBJARS)) {
      return webjar(path);
    }
    if (path.equals("/")) {
      return blocking(app::page).compose(page -> page.isPresent() ? succeeded(page) : plain(path));
    }
    return path.startsWith(BundledApp.SCRIPTS) ? blocking(() -> app.script(path)) : plain(path);
  }

  private Future<Optional<Page>> blocking(Supplier<@Nullable Page> page) {
    return vertx.executeBlocking(() -> Optional.ofNullable(page.get()), false);
  }

  private static Future<Optional<Page>> succeeded(Optional<Page> page) {
    return Future.succeededFuture(page);
  }

  /** A file of the web app or the kit. */
  private Future<Optional<Page>> plain(String path) {
    return path.startsWith(KIT)
        ? file(path, kit, path.substring(KIT.length()))
        : file(path, root, path.substring(1));
  }

  private Future<Optional<Page>> webjar(String path) {
    Kept known = kept.getIfPresent(path);
    if (known != null) {
      return Future.succeededFuture(Optional.of(known.page()));
    }
    return vertx.executeBlocking(() -> readWebjar(path), false);
  }

  private Optional<Page> readWebjar(String path) throws IOException {
    String resource = WEBJARS_ON_CLASS_PATH + path.substring(WEBJARS.length());
    if (resource.endsWith("/")) {
      return Optional.empty();
    }
    try (InputStream in = WebFiles.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        return Optional.empty();
      }
      Page page = Page.of(path, Buffer.buffer(in.readAllBytes()), Page.FOR_GOOD).compressed();
      kept.put(path, new Kept(page, 0, page.content().length()));
      return Optional.of(page);
    }
  }

  private Future<Optional<Page>> file(String path, Path folder, String below) {
    String name = path.endsWith("/") ? path + INDEX : path;
    Path file = folder.resolve(path.endsWith("/") ? below + INDEX : below).normalize();
    if (!file.startsWith(folder)) {
      return Future.succeededFuture(Optional.empty());
    }
    return vertx
        .fileSystem()
        .props(file.toString())
        .compose(
            props ->
                props.isRegularFile()
                    ? read(name, file, props).map(Optional::of)
                    : Future.succeededFuture(Optional.<Page>empty()))
        .otherwise(Optional.empty());
  }

  private Future<Page> read(String name, Path file, FileProps props) {
    Kept known = kept.getIfPresent(name);
    if (known != null
        && known.modifiedMillis() == props.lastModifiedTime()
        && known.size() == props.size()) {
      return Future.succeededFuture(known.page());
    }
    return vertx
        .fileSystem()
        .readFile(file.toString())
        .map(
            content -> {
              Page page = Page.of(name, content, Page.REVALIDATE).compressed();
              kept.put(name, new Kept(page, props.lastModifiedTime(), props.size()));
              return page;
            });
  }
}
