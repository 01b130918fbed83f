package chat.jovial.client.log;

import chat.jovial.client.connection.ConnectionConfig;
import chat.jovial.client.connection.TokenKeeper;
import chat.jovial.client.executor.SerialExecutor;
import chat.jovial.client.files.Transfers;
import chat.jovial.client.store.Store;
import java.time.Clock;
import java.time.Duration;

/**
 * The parts of a client that its configuration makes.
 *
 * @param deviceId empty until the server has said it
 * @param deviceClock may be wrong
 */
public record ClientParts(
    SerialExecutor executor,
    Store store,
    Listeners listeners,
    String userId,
    String deviceId,
    ConnectionConfig connection,
    TokenKeeper tokens,
    Clock deviceClock,
    Duration syncInterval,
    Duration ackDelay,
    Transfers transfers) {}
