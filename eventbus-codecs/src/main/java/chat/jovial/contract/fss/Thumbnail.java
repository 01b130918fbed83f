package chat.jovial.contract.fss;

import chat.jovial.contract.Bytes;
import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;

/** A small picture of an image: JPEG, or PNG if parts of it are transparent. */
@WireName("Thumbnail")
public record Thumbnail(String mimeType, Bytes bytes) implements Reply {
  /** Longest side, in pixels. */
  public static final int MAX_SIDE = 480;
}
