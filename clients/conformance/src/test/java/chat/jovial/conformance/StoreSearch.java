package chat.jovial.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Looks into the files of a device's store, however the kit writes them. */
final class StoreSearch {
  private StoreSearch() {}

  /**
   * The text must be nowhere in them; with {@code "but_has"} another must, or it proves nothing.
   */
  static void checkLacks(Device device, JsonNode step) {
    String control = step.path("but_has").asText();
    if (filesWith(device.store(), control).isEmpty()) {
      throw new AssertionError(
          "'" + control + "' is not in " + device.store() + " either: nothing can be said of it");
    }
    List<Path> found = filesWith(device.store(), step.path("text").asText());
    if (!found.isEmpty()) {
      throw new AssertionError("'" + step.path("text").asText() + "' is still in " + found);
    }
  }

  private static List<Path> filesWith(Path folder, String text) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(file -> contains(file, text)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean contains(Path file, String text) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
