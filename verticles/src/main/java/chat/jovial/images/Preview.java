package chat.jovial.images;

/** A small picture: JPEG, or PNG if parts of it are transparent. */
public record Preview(String mimeType, byte[] bytes) {}
