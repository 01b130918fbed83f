package chat.jovial.model.explore;

import java.util.function.Supplier;

/** Receiver of the steps that are possible in a state. */
@FunctionalInterface
public interface Steps {
  /**
   * @param next an array that the model does not touch again
   * @param words what happens, asked for only when a trace is printed
   */
  void to(byte[] next, Supplier<String> words);
}
