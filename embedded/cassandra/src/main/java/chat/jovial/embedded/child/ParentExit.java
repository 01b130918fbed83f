package chat.jovial.embedded.child;

import com.sun.jna.Function;

/**
 * Immediate exit of this JVM, without shutdown work, for when the parent has exited. {@code
 * Runtime.halt} is not immediate: a JVM that records a class data archive still writes it, for
 * seconds, while the data stay locked.
 */
final class ParentExit {
  private static final int SIGKILL = 9;

  private ParentExit() {}

  static void now(int exitCode) {
    try {
      Object[] self = {(int) ProcessHandle.current().pid(), SIGKILL};
      Function.getFunction("c", "kill").invokeInt(self);
    } catch (UnsatisfiedLinkError e) {
      // Not a Unix: the slower exit below.
    }
    Runtime.getRuntime().halt(exitCode);
  }
}
