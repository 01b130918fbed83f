package chat.jovial.client.store;

/** Record of a trigger that was registered on this device. */
public record TriggerRecord(String name, boolean paused) {}
