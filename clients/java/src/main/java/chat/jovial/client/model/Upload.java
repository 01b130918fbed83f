package chat.jovial.client.model;

/**
 * Progress of a message's file on its way to the server.
 *
 * @param clientId of the message
 * @param sent bytes that have left this device; an interruption may take some of them back
 */
public record Upload(String clientId, String conversationId, long sent, long size, State state) {
  public enum State {
    /** For a connection, or for another try. */
    WAITING,
    UPLOADING,
    /** By the app; messages behind it overtake it. */
    PAUSED,
    /** The message goes out now. */
    DONE,
    /** For good; the message has failed with it. */
    FAILED
  }
}
