package chat.jovial.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The names that the docs give as code: each is one of a class here, and of what it declares. */
class DocumentNamesTest {
  /** {@code `Class.member`}, with or without arguments. */
  private static final Pattern MEMBER =
      Pattern.compile("`([A-Z]\\w+)\\.(?!md`)([A-Za-z]\\w*)(?:\\([^`]*\\))?`");

  /** {@code `ClassName`}: two words at least, so that no word of a protocol is taken for one. */
  private static final Pattern TYPE = Pattern.compile("`([A-Z][a-z0-9]+[A-Z]\\w*)`");

  /** Of libraries, browsers and protocols, and the global of the kit's bundle. */
  private static final Set<String> FOREIGN =
      Set.of(
          "SockJSHandler",
          "NetSocketInternal",
          "WebSocketInternal",
          "ConnectionBase",
          "ChannelOutboundBuffer",
          "MediaRecorder",
          "SockJS",
          "WebSocket",
          "HttpOnly",
          "StreamMaxLength",
          "JovialChat");

  @Test
  void every_member_that_is_named_is_declared_by_its_class() throws IOException {
    SourceNames sources = SourceNames.read();
    List<String> missing = new ArrayList<>();
    for (Path file : present()) {
      Matcher name = MEMBER.matcher(Files.readString(file));
      while (name.find()) {
        if (!FOREIGN.contains(name.group(1)) && !sources.declare(name.group(1), name.group(2))) {
          missing.add(Documents.ROOT.relativize(file) + " names " + name.group());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void every_class_that_is_named_exists() throws IOException {
    SourceNames sources = SourceNames.read();
    List<String> missing = new ArrayList<>();
    for (Path file : present()) {
      Matcher name = TYPE.matcher(Files.readString(file));
      while (name.find()) {
        if (!FOREIGN.contains(name.group(1)) && !sources.declare(name.group(1))) {
          missing.add(Documents.ROOT.relativize(file) + " names " + name.group());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  /** All but the changelog, which says what things were called before. */
  private static List<Path> present() throws IOException {
    return Documents.all().stream().filter(file -> !file.endsWith("CHANGELOG.md")).toList();
  }
}
