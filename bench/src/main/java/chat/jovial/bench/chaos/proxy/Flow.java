package chat.jovial.bench.chaos.proxy;

/** State of a route: what it does with arriving bytes. */
public enum Flow {
  /** Everything passes. */
  OPEN,
  /** Connections are closed, and new ones as soon as they are made. */
  CUT,
  /** Nothing passes and nobody is told, as if the cable were cut; it passes later. */
  HELD,
  /** Everything passes, later. */
  SLOW
}
