package chat.jovial.contract.mss;

import chat.jovial.contract.InConversation;
import chat.jovial.contract.Request;

/** Asks a conversation's owner how far its log is acknowledged: nobody may be shown more. */
public record AcknowledgedEndQuery(String conversationId) implements Request, InConversation {}
