package chat.jovial.client.store;

import java.nio.file.Path;

/** Refusal to open a store that another client uses. */
public final class StoreInUseException extends StoreException {
  private static final long serialVersionUID = 1;

  public StoreInUseException(Path folder) {
    super("Another client uses the local store in " + folder + "; close it first.");
  }
}
