package chat.jovial.bench.chaos.report;

/**
 * How faults of a kind were felt.
 *
 * @param kind their name, or {@code none} for the time when nothing was broken
 * @param times how often it happened
 * @param lasted from fault to repair
 * @param sendToStored of messages sent while it lasted or in the seconds after
 * @param sendToReceive the same, to each device of the other member
 * @param sendAgain until the devices of the node that was hit sent again, in each conversation of
 *     theirs: from the fault to the first {@code stored} for a message sent after it
 * @param receiveAgain until they showed a message of somebody else that was sent after it
 */
public record Outage(
    String kind,
    int times,
    Spread lasted,
    Spread sendToStored,
    Spread sendToReceive,
    Spread sendAgain,
    Spread receiveAgain) {}
