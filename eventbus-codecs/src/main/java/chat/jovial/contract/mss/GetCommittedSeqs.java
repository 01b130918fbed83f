package chat.jovial.contract.mss;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Checks;
import chat.jovial.contract.Request;
import chat.jovial.contract.RoutedByConversation;
import java.util.List;

/**
 * Request to an owner for the committed seqs of several logs; all of one shard, at least one.
 *
 * @see GetCommittedSeq
 */
public record GetCommittedSeqs(List<String> conversationIds)
    implements Request, RoutedByConversation {
  /** In one request: each may have to be read from the store first. */
  public static final int MAX_CONVERSATIONS = 64;

  public GetCommittedSeqs {
    conversationIds = Checks.checkList("conversation_ids", conversationIds, MAX_CONVERSATIONS);
  }

  @Override
  public String conversationOf(Caller caller) {
    return conversationIds.get(0);
  }
}
