package chat.jovial.client.log;

import chat.jovial.client.model.JovialException;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/** Failures of requests, as exceptions of the kit. */
final class Failures {
  private Failures() {}

  static JovialException of(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof JovialException known
        ? known
        : new JovialException("internal", String.valueOf(cause));
  }

  /** How long to wait before the same again: what the server asks for, but at least a while. */
  static Duration waitAfter(JovialException failure, Duration atLeast) {
    Duration asked = failure.retryAfter();
    return asked != null && asked.compareTo(atLeast) > 0 ? asked : atLeast;
  }
}
