package chat.jovial.client.store;

/**
 * An entry for which a trigger has to act.
 *
 * @param started whether its action was begun; if so and the process died, nobody knows how far it
 *     came
 */
public record Firing(String trigger, String conversationId, long seq, boolean started) {}
