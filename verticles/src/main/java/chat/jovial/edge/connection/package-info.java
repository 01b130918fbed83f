/** Connections of clients: their state, their event loop, and what is pushed to them. */
@NullMarked
package chat.jovial.edge.connection;

import org.jspecify.annotations.NullMarked;
