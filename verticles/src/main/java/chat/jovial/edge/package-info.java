/**
 * Where clients meet the server: SockJS, raw WebSocket, TCP and HTTP on one connection state
 * machine. The edge authenticates, limits and validates, and turns JSON into records and back. A
 * frame in: {@code TcpTransport} or {@code WebSocketTransport} or {@code SockJsTransport}, {@code
 * ClientConnection}, {@code FrameDispatcher}, {@code OperationAuthorizer}, the bus. An entry out:
 * {@code ConnectionRegistry}, {@code ConnectionLoop}, {@code ClientConnection}, the transport.
 */
@NullMarked
package chat.jovial.edge;

import org.jspecify.annotations.NullMarked;
