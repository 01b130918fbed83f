/** What the same Cassandra does without Jovial: the yardstick of the comparison. */
@NullMarked
package chat.jovial.bench.store;

import org.jspecify.annotations.NullMarked;
