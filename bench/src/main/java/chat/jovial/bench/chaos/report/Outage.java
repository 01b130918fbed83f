package chat.jovial.bench.chaos.report;

/**
 * Effect of the faults of one kind on users.
 *
 * @param kind their name, or {@code none} for the time when nothing was broken
 * @param times how often it happened
 * @param lasted from fault to repair
 * @param sendToStored of messages sent while it lasted or in the seconds after
 * @param sendToReceive the same, to each device of the other member
 * @param sendWaits how long the devices of the node that was hit waited for {@code stored}, in each
 *     conversation of theirs: for the first message sent after the fault, from its sending on, or
 *     for one under way when the fault came, from the fault on, whichever is longer
 * @param receiveWaits the same until they showed what somebody else sent
 * @param sendAgain from the fault to the first {@code stored} for a message sent after it: the wait
 *     together with the time until somebody wrote something
 * @param receiveAgain until they showed a message of somebody else that was sent after it
 */
public record Outage(
    String kind,
    int times,
    Spread lasted,
    Spread sendToStored,
    Spread sendToReceive,
    Spread sendWaits,
    Spread receiveWaits,
    Spread sendAgain,
    Spread receiveAgain) {}
