package chat.jovial.mds.log;

import chat.jovial.access.Memberships;
import chat.jovial.mds.push.PushPublisher;
import chat.jovial.mds.store.LogReads;
import chat.jovial.mds.store.OwnershipTerm;
import chat.jovial.mds.store.RetryingLogWrites;
import chat.jovial.mds.store.Timer;
import java.time.Clock;
import java.util.List;

/**
 * What the parts of one log share, for one ownership term.
 *
 * @param writes bound to the term; there is no other way to write
 */
public record LogContext(
    String conversationId,
    OwnershipTerm term,
    LogReads reads,
    RetryingLogWrites writes,
    PushPublisher publisher,
    Memberships memberships,
    LogLimits limits,
    Clock clock,
    Timer timer) {

  /** Makes the context of a log that is opened. */
  @FunctionalInterface
  public interface Factory {
    LogContext create(String conversationId, OwnershipTerm term);
  }

  List<String> members() {
    return memberships.membersOf(conversationId);
  }
}
