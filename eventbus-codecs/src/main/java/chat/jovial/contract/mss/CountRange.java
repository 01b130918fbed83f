package chat.jovial.contract.mss;

import chat.jovial.contract.Request;

/** Request for how many messages a deletion of a range concerns. */
public record CountRange(String conversationId, long from, long upto) implements Request {}
