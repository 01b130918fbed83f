/** {@code ./jovial bench}: measures a server of its own, or one that runs. */
@NullMarked
package chat.jovial.bench;

import org.jspecify.annotations.NullMarked;
