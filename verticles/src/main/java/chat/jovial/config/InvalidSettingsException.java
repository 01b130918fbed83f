package chat.jovial.config;

import java.util.List;

/**
 * Failure because of settings with which the server does not start; the message is for the operator
 * as it is.
 */
public final class InvalidSettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidSettingsException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
  }
}
