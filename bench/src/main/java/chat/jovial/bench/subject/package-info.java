/** The server that is measured: a process of our own, or one that runs already. */
@NullMarked
package chat.jovial.bench.subject;

import org.jspecify.annotations.NullMarked;
