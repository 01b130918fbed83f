package chat.jovial.client.model;

/**
 * Progress of a file that is saved on this device.
 *
 * @param bytes of it
 * @param size all of it
 */
public record Progress(long bytes, long size) {}
