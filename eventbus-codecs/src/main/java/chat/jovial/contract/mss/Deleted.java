package chat.jovial.contract.mss;

import chat.jovial.contract.Doc;
import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;

@WireName("Deleted")
public record Deleted(
    @Doc(
            "Messages whose body this call removed, counted up to 100000; a repeated call finds"
                + " fewer.")
        long deleted)
    implements Reply {
  /** Counting more would take longer than anybody waits. */
  public static final int MAX_COUNTED = 100_000;
}
