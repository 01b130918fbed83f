package chat.jovial.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** The page that shows the OpenAPI document; its script and style are files of their own. */
public final class Viewer {
  private static final String PAGE = "viewer.html";
  private static final String WEBJAR = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

  private Viewer() {}

  /** HTML that refers to the viewer library by the version that is on the class path. */
  public static String page() {
    try (InputStream page = open(PAGE);
        InputStream webjar = open(WEBJAR)) {
      Properties library = new Properties();
      library.load(webjar);
      return new String(page.readAllBytes(), StandardCharsets.UTF_8)
          .replace("VERSION", library.getProperty("version"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String resource) {
    InputStream stream = Viewer.class.getResourceAsStream(resource);
    if (stream == null) {
      throw new IllegalStateException(resource + " is missing from the class path");
    }
    return stream;
  }
}
