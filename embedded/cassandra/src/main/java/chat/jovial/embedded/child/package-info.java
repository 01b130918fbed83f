/**
 * What runs inside the child JVM, beside Cassandra. The parent speaks to it over standard input and
 * output alone.
 */
@NullMarked
package chat.jovial.embedded.child;

import org.jspecify.annotations.NullMarked;
