/** Decides whether what a reader got is what the sender was promised. */
@NullMarked
package chat.jovial.bench.check;

import org.jspecify.annotations.NullMarked;
