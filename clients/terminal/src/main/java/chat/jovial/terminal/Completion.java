package chat.jovial.terminal;

import java.util.Arrays;
import org.jline.builtins.Completers.FileNameCompleter;
import org.jline.reader.Completer;
import org.jline.reader.impl.completer.AggregateCompleter;
import org.jline.reader.impl.completer.ArgumentCompleter;
import org.jline.reader.impl.completer.NullCompleter;
import org.jline.reader.impl.completer.StringsCompleter;

/** Completion by the tabulator key: commands, and the paths of files. */
final class Completion {
  private Completion() {}

  /**
   * @param help lines of which each begins with its command
   */
  static Completer of(String help) {
    String[] commands =
        Arrays.stream(help.split("\n", -1))
            .map(line -> line.strip().split("[ ,]", 2)[0])
            .filter(word -> word.startsWith("/"))
            .toArray(String[]::new);
    return new AggregateCompleter(
        new ArgumentCompleter(
            new StringsCompleter("/send"), new FileNameCompleter(), NullCompleter.INSTANCE),
        // With a number before the path, and without one.
        new ArgumentCompleter(
            new StringsCompleter("/save"), new FileNameCompleter(), new FileNameCompleter()),
        new ArgumentCompleter(new StringsCompleter(commands), NullCompleter.INSTANCE));
  }
}
