package chat.jovial.contract;

/** Who may call an operation. */
public enum Access {
  /** Anyone who can reach the server. */
  ANYONE,
  /** Whoever holds the app's {@code app_key}. */
  APP,
  /** Whoever holds the app's {@code app_secret}: the app's own servers. */
  SECRET,
  /** A user: a {@code user_token}, or a connection on which a session was opened. */
  USER,
  /** Other verticles only; a client can neither see nor address it. */
  SERVICE
}
