package chat.jovial.bench.chaos.subject;

/**
 * Count of wrong failure detections: a node that lived found that its lease had been marked dead by
 * another one.
 *
 * @param whileDisturbed it was paused, or cut off from the store: as it has to be
 * @param outOfTheBlue nothing was done to it
 */
public record FalseAlarms(long whileDisturbed, long outOfTheBlue) {}
