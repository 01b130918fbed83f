/** Which sends are stored already: client ids, and the sends of the last minutes. */
@NullMarked
package chat.jovial.mds.idempotency;

import org.jspecify.annotations.NullMarked;
