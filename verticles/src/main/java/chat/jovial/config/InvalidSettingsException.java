package chat.jovial.config;

import java.util.List;

/** Settings that the server will not start with; the message is for the operator as it is. */
public final class InvalidSettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidSettingsException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
  }
}
