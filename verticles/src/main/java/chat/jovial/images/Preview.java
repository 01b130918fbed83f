package chat.jovial.images;

/** Small picture: JPEG, or PNG if parts of it are transparent. */
public record Preview(String mimeType, byte[] bytes) {}
