/** Ownership of a shard: leases, their watchers, claims and hand-over, with clocks that drift. */
@NullMarked
package chat.jovial.model.lease;

import org.jspecify.annotations.NullMarked;
