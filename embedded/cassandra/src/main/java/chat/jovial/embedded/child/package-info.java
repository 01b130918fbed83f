/**
 * Code inside the child JVM, beside Cassandra. The parent communicates with it only over standard
 * input and output.
 */
@NullMarked
package chat.jovial.embedded.child;

import org.jspecify.annotations.NullMarked;
