package chat.jovial.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The kits to be tested, from {@code kits.json}: names, and how their drivers are started. */
final class Kits {
  private Kits() {}

  static Map<String, List<String>> all() throws IOException {
    JsonNode json = new ObjectMapper().readTree(Files.readString(folder().resolve("kits.json")));
    Map<String, List<String>> kits = new LinkedHashMap<>();
    for (var kit : json.properties()) {
      List<String> command = new ArrayList<>();
      kit.getValue().forEach(word -> command.add(filled(word.asText())));
      kits.put(kit.getKey(), command);
    }
    return kits;
  }

  private static String filled(String word) {
    return word.replace("{java}", Path.of(System.getProperty("java.home"), "bin/java").toString())
        .replace("{class_path}", System.getProperty("java.class.path"))
        .replace("{root}", root().toString());
  }

  /** The folder of this module. */
  static Path folder() {
    return root().resolve("clients/conformance");
  }

  /** The folder of the project. */
  static Path root() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve("eventbus-codecs"))) {
        return folder;
      }
    }
    throw new IllegalStateException("not run within the project");
  }
}
