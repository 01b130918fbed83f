package chat.jovial.mss.log;

import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mss.IndexModifiers.Hint;
import chat.jovial.contract.mss.ReadTarget;
import chat.jovial.contract.mss.Target;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reader of an entry that another one is going to change, for the owner who decides on that. */
public final class TargetReader {
  private final LogReader reader;
  private final ModifierIndex modifiers;

  public TargetReader(LogReader reader, ModifierIndex modifiers) {
    this.reader = reader;
    this.modifiers = modifiers;
  }

  public Future<Target> read(ReadTarget request) {
    Future<List<Hint>> edits =
        request.withEdits()
            ? modifiers.ofTarget(
                request.conversationId(),
                request.target(),
                Kind.EDIT,
                // ModifierIndex that do not count are few: each stands for a group that was fenced
                // off.
                2 * ReadTarget.MAX_EDITS)
            : Future.succeededFuture(List.of());
    return edits.compose(
        found -> {
          Set<Long> seqs = new HashSet<>();
          seqs.add(request.target());
          found.forEach(edit -> seqs.add(edit.seq()));
          return reader.readAt(request.conversationId(), seqs).map(rows -> target(request, rows));
        });
  }

  private static Target target(ReadTarget request, List<LogRow> rows) {
    List<Long> edits = new ArrayList<>();
    LogRow target = null;
    for (LogRow row : rows) {
      if (row.seq() == request.target()) {
        target = row;
      } else if (ModifierIndex.names(new Hint(request.target(), Kind.EDIT, row.seq()), row)) {
        edits.add(row.seq());
      }
    }
    return new Target(target == null ? null : target.entry(), edits);
  }
}
