package chat.jovial.contract.mss;

/**
 * Messages and edits that count as deleted from the moment in which this is stored, and whose texts
 * are then taken out of the store piece by piece.
 *
 * @param id unlike that of any other, so that what ends one never meets another
 */
public record HiddenRange(long from, long upto, String id) {}
