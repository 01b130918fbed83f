/** Connecting to Cassandra, and its tables. */
@NullMarked
package chat.jovial.cassandra;

import org.jspecify.annotations.NullMarked;
