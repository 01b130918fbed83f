/** The logs in Cassandra: reading, writing, removing, and how far each may be shown. */
@NullMarked
package chat.jovial.mss.log;

import org.jspecify.annotations.NullMarked;
