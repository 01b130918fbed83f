/** Tests of the message log: MDS and MSS together, on a real Cassandra. */
@NullMarked
package chat.jovial.messages;

import org.jspecify.annotations.NullMarked;
