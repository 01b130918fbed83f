package chat.jovial.contract.mss;

/**
 * Range of messages and edits that count as deleted from the moment in which this is stored, and
 * whose texts are then removed from the store step by step.
 *
 * @param id unique, so that what ends one range never ends another
 */
public record HiddenRange(long from, long upto, String id) {}
