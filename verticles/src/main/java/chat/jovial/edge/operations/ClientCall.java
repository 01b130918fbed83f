package chat.jovial.edge.operations;

import chat.jovial.contract.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Call of an operation by a client who may call it.
 *
 * @param identity the user's; null where the operation needs none
 * @param connection on which it came; null over HTTP
 */
public record ClientCall(
    Caller caller, @Nullable Identity identity, @Nullable ConnectionContext connection) {}
