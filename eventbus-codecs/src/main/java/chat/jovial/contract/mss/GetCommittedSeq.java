package chat.jovial.contract.mss;

import chat.jovial.contract.NamesConversation;
import chat.jovial.contract.Request;

/** Asks a conversation's owner how far its log is acknowledged: nobody may be shown more. */
public record GetCommittedSeq(String conversationId) implements Request, NamesConversation {}
