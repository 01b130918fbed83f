/** What the owner of a log reads and writes: over the bus, and within its ownership term. */
@NullMarked
package chat.jovial.mds.store;

import org.jspecify.annotations.NullMarked;
