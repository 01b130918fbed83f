package chat.jovial.images;

/** Of an image as it is shown, in pixels. */
public record Dimensions(int width, int height) {}
