package chat.jovial.contract;

/**
 * Kind of event that clients receive.
 *
 * @param name the value of its field {@code event}
 * @param fields the record whose components are its other fields
 * @param summary one sentence for app developers: when it comes, and what to do
 */
public record ClientEventType<R extends Record>(String name, Class<R> fields, String summary) {}
