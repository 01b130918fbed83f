/** Network addresses of clients and their channels. */
@NullMarked
package chat.jovial.edge.network;

import org.jspecify.annotations.NullMarked;
