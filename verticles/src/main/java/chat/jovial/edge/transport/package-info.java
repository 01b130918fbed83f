/** Transports: TCP, WebSocket and SockJS under a connection. */
@NullMarked
package chat.jovial.edge.transport;

import org.jspecify.annotations.NullMarked;
