package chat.jovial.contract.bus;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Operation;
import chat.jovial.contract.Request;

/** What a service is sent: an operation, on whose behalf, and with what. */
public record Call(Operation<?, ?> operation, Caller caller, Request request) {}
