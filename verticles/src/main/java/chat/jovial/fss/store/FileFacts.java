package chat.jovial.fss.store;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a file once all of it is there.
 *
 * @param sha256 lower-case hexadecimal
 * @param mimeType as its bytes tell
 * @param width pixels, of images
 * @param height pixels, of images
 */
public record FileFacts(
    long size, String sha256, String mimeType, @Nullable Integer width, @Nullable Integer height) {}
