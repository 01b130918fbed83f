@NullMarked
package chat.jovial.mds.idempotency;

import org.jspecify.annotations.NullMarked;
