/** Launch of a node: stores, bus and verticles in order; health; ordered stop. */
@NullMarked
package chat.jovial.server.launch;

import org.jspecify.annotations.NullMarked;
