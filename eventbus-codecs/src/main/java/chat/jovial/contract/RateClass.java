package chat.jovial.contract;

/** Which of the edge's rate limits an operation counts against, beside the connection's own. */
public enum RateClass {
  /** Counts per connection and user. */
  NORMAL,
  /** Costs a password hash or makes an account: counts per network address as well. */
  CREDENTIALS
}
