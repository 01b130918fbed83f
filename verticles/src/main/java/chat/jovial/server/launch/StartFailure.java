package chat.jovial.server.launch;

import chat.jovial.config.InvalidSettingsException;
import chat.jovial.embedded.EmbeddedStoreException;
import chat.jovial.keys.MasterKeyException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Failure of a start; the message is for the operator: what is wrong and what to do. */
public final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StartFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** One sentence for the operator, whatever failed. */
  public static String explain(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof StartFailure
        || cause instanceof InvalidSettingsException
        || cause instanceof EmbeddedStoreException
        || cause instanceof MasterKeyException) {
      return String.valueOf(cause.getMessage());
    }
    return "The server failed to start: %s. With --debug the log says more.".formatted(cause);
  }
}
