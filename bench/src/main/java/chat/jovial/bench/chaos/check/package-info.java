/** Decides from the evidence which promise was broken. */
@NullMarked
package chat.jovial.bench.chaos.check;

import org.jspecify.annotations.NullMarked;
