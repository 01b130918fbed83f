package chat.jovial.client.store;

/** A trigger that was registered on this device. */
public record TriggerRecord(String name, boolean paused) {}
