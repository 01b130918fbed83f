package chat.jovial.client.model;

/**
 * How much of a file is on this device.
 *
 * @param bytes of it
 * @param size all of it
 */
public record Progress(long bytes, long size) {}
