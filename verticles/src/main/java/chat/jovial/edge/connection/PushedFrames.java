package chat.jovial.edge.connection;

import chat.jovial.contract.ClientEvents;
import chat.jovial.contract.Json;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Push;
import chat.jovial.edge.frames.FrameStyle;
import chat.jovial.edge.frames.Frames;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Frames of the entries and other events of one push, each encoded once however many connections it
 * goes to. Used by one thread; the frames themselves are only read afterwards.
 */
final class PushedFrames {
  private static final byte[] EVENT =
      ("{\"event\":\"" + ClientEvents.MESSAGE.name() + "\",").getBytes(StandardCharsets.US_ASCII);

  private final List<String> origins;
  private final byte[][] events;
  private byte @Nullable [][] webFrames;
  private byte @Nullable [][] tcpFrames;
  private int encoded;

  PushedFrames(Push push) {
    this.origins = push.origins();
    List<String> others = push.events() == null ? List.of() : push.events();
    this.events =
        Stream.concat(
                push.entries().stream().map(PushedFrames::event),
                others.stream().map(json -> json.getBytes(StandardCharsets.UTF_8)))
            .toArray(byte[][]::new);
  }

  /** What a connection is sent: all but what it sent itself. */
  byte[][] framesFor(ClientConnection connection) {
    byte[][] all = frames(connection.style());
    return origins.contains(connection.connectionId())
        ? without(all, connection.connectionId())
        : all;
  }

  /** Frames made so far: one for each event and framing. */
  int encoded() {
    return encoded;
  }

  private byte[][] frames(FrameStyle style) {
    byte[][] known = style == FrameStyle.TCP ? tcpFrames : webFrames;
    if (known != null) {
      return known;
    }
    byte[][] made = new byte[events.length][];
    for (int i = 0; i < made.length; i++) {
      made[i] = Frames.message(style, Frames.INBOX, events[i]);
    }
    encoded += made.length;
    if (style == FrameStyle.TCP) {
      tcpFrames = made;
    } else {
      webFrames = made;
    }
    return made;
  }

  private byte[][] without(byte[][] all, String origin) {
    int kept = 0;
    byte[][] others = new byte[all.length][];
    for (int i = 0; i < all.length; i++) {
      if (i >= origins.size() || !origins.get(i).equals(origin)) {
        others[kept++] = all[i];
      }
    }
    return Arrays.copyOf(others, kept);
  }

  private static byte[] event(Entry entry) {
    byte[] json = Json.write(entry);
    byte[] event = new byte[EVENT.length + json.length - 1];
    System.arraycopy(EVENT, 0, event, 0, EVENT.length);
    System.arraycopy(json, 1, event, EVENT.length, json.length - 1);
    return event;
  }
}
