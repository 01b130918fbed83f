/** {@code ./jovial chat}: a client for the terminal, on the Java kit. */
@NullMarked
package chat.jovial.terminal;

import org.jspecify.annotations.NullMarked;
