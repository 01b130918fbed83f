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
  /** Rows of the index that do not count are few: each stands for a group that was fenced off. */
  private static final int ALLOWANCE = 2;

  /** Reactions to one message that are counted, of all users. */
  private static final int MAX_REACTIONS = 4000;

  private final LogReader reader;
  private final ModifierIndex modifiers;

  public TargetReader(LogReader reader, ModifierIndex modifiers) {
    this.reader = reader;
    this.modifiers = modifiers;
  }

  public Future<Target> read(ReadTarget request) {
    return request.reactionsOf() == null
        ? readWithEdits(request)
        : readWithReactions(request, request.reactionsOf());
  }

  private Future<Target> readWithEdits(ReadTarget request) {
    Future<List<Hint>> edits =
        request.withEdits()
            ? modifiers.ofTarget(
                request.conversationId(),
                request.target(),
                Kind.EDIT,
                ALLOWANCE * ReadTarget.MAX_EDITS)
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
    return new Target(target == null ? null : target.entry(), edits, null);
  }

  private Future<Target> readWithReactions(ReadTarget request, String userId) {
    String conversationId = request.conversationId();
    Future<List<LogRow>> target = reader.readAt(conversationId, List.of(request.target()));
    Future<Integer> reactions =
        modifiers
            .ofTarget(conversationId, request.target(), Kind.REACTION, MAX_REACTIONS)
            .compose(
                found ->
                    reader.readHeadersAt(conversationId, found.stream().map(Hint::seq).toList()))
            .map(rows -> countOf(userId, request.target(), rows));
    return Future.all(target, reactions)
        .map(
            read ->
                new Target(
                    target.result().stream().map(LogRow::entry).findFirst().orElse(null),
                    List.of(),
                    reactions.result()));
  }

  private static int countOf(String userId, long target, List<LogRow> rows) {
    return (int)
        rows.stream()
            .filter(row -> row.entry().senderId().equals(userId))
            .filter(row -> ModifierIndex.names(new Hint(target, Kind.REACTION, row.seq()), row))
            .count();
  }
}
