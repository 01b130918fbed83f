package chat.jovial.model.explore;

import org.jspecify.annotations.Nullable;

/** A system with finitely many states. Steps must be the same, in the same order, at each call. */
public interface Model {
  byte[] start();

  void steps(byte[] state, Steps steps);

  /** Makes states the same that differ only in names; may change the array that it is given. */
  byte[] canonical(byte[] state);

  /** What is wrong with a state, or null. */
  @Nullable String violation(byte[] state);

  /** Whether the work is done here: a model in which this is never so says nothing. */
  boolean isGoal(byte[] state);

  /** A state for people, one line or more. */
  String show(byte[] state);
}
