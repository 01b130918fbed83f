package chat.jovial.images;

/** Width and height of an image as it is shown, in pixels. */
public record Dimensions(int width, int height) {}
