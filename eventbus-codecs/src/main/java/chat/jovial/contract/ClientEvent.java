package chat.jovial.contract;

/**
 * Event pushed to the {@code inbox} of devices, as a record whose first component is its name. Each
 * is listed in {@link ClientEvents}.
 */
public interface ClientEvent {
  /** The name, by which clients tell events apart. */
  String event();
}
