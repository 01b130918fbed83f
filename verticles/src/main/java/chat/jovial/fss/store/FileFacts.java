package chat.jovial.fss.store;

import org.jspecify.annotations.Nullable;

/**
 * Metadata of a complete file.
 *
 * @param sha256 lower-case hexadecimal
 * @param mimeType detected from its bytes
 * @param width pixels, of images
 * @param height pixels, of images
 */
public record FileFacts(
    long size, String sha256, String mimeType, @Nullable Integer width, @Nullable Integer height) {}
