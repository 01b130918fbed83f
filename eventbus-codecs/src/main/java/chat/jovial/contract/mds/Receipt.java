package chat.jovial.contract.mds;

import chat.jovial.contract.Doc;

/** How far a member has a conversation; neither number ever goes back. */
public record Receipt(
    String userId,
    @Doc("A device of this member holds everything up to this seq; 0 for nothing.")
        long deliveredUpto,
    @Doc("This member has seen everything up to this seq; 0 for nothing.") long readUpto) {}
