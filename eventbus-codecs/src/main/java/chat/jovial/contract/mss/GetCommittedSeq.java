package chat.jovial.contract.mss;

import chat.jovial.contract.NamesConversation;
import chat.jovial.contract.Request;

/** Request to a conversation's owner for its committed seq: nobody may be shown more. */
public record GetCommittedSeq(String conversationId) implements Request, NamesConversation {}
