/**
 * Where clients meet the server: SockJS, raw WebSocket, TCP and HTTP on one session state machine.
 * The edge authenticates, limits and validates, and turns JSON into records and back. A frame in:
 * {@code TcpTransport} or {@code WebSocketTransport} or {@code SockJsTransport}, {@code
 * ClientSession}, {@code FrameReader}, {@code OperationGate}, the bus. An entry out: {@code
 * SessionHub}, {@code EdgeLoop}, {@code ClientSession}, the transport.
 */
@NullMarked
package chat.jovial.edge;

import org.jspecify.annotations.NullMarked;
