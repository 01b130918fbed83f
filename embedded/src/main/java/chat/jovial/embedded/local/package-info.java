/**
 * A whole cluster on one machine: three Cassandras, a MongoDB wire server and several nodes, each a
 * process that can be ended and started by itself.
 */
@NullMarked
package chat.jovial.embedded.local;

import org.jspecify.annotations.NullMarked;
