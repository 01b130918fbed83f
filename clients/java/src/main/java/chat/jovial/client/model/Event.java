package chat.jovial.client.model;

/**
 * Event that {@code JovialClient.on} can listen for, with the type of what a listener gets.
 *
 * @param <T> what a listener is given
 */
public final class Event<T> {
  public static final Event<Connection> CONNECTION = new Event<>("connection");

  /**
   * A message that is news to this device: each once, in the order of the log, without a gap, live
   * or missed; own ones when they are stored. What another device of the user had received before
   * the first sync of this one is history, and comes with {@code history} only.
   */
  public static final Event<Message> MESSAGE = new Event<>("message");

  /** A message looks different: queued, failed, edited, redacted, reacted to. */
  public static final Event<Message> CHANGE = new Event<>("change");

  /** Somebody's watermarks moved, and with them the ticks of messages. */
  public static final Event<Receipt> RECEIPT = new Event<>("receipt");

  public static final Event<Typing> TYPING = new Event<>("typing");
  public static final Event<Presence> PRESENCE = new Event<>("presence");

  /** Its last entry, unread count or watermark changed. */
  public static final Event<Conversation> CONVERSATION = new Event<>("conversation");

  /** As {@link #MESSAGE}, but entries of every kind, as they are: the log as it grows. */
  public static final Event<Entry> ENTRY = new Event<>("entry");

  /** The file of a message goes up: a few times a second while bytes move, and at each change. */
  public static final Event<Upload> UPLOAD = new Event<>("upload");

  private final String name;

  private Event(String name) {
    this.name = name;
  }

  @Override
  public String toString() {
    return name;
  }
}
