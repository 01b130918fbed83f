package chat.jovial.client.model;

import java.util.List;

/**
 * Part of a conversation.
 *
 * @param messages in order of seq
 * @param entries how many entries of all kinds the page has
 * @param first the lowest seq of the page, from which to read on before it; 0 if it is empty
 * @param last the highest
 * @param more whether there is more in the direction asked for, as far as this device knows
 */
public record HistoryPage(
    List<Message> messages, int entries, long first, long last, boolean more) {}
