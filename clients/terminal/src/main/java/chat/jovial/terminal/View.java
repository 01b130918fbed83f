package chat.jovial.terminal;

import chat.jovial.client.model.Body;
import chat.jovial.client.model.Connection;
import chat.jovial.client.model.Conversation;
import chat.jovial.client.model.Message;
import chat.jovial.client.model.MessageState;
import chat.jovial.client.model.Presence;
import chat.jovial.client.model.Progress;
import chat.jovial.client.model.Upload;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jspecify.annotations.Nullable;

/** Renderer of messages and conversations as lines of text. No state, any thread. */
final class View {
  private static final AttributedStyle DIM = AttributedStyle.DEFAULT.faint();
  private static final AttributedStyle BOLD = AttributedStyle.BOLD;
  private static final AttributedStyle WARNING =
      AttributedStyle.BOLD.foreground(AttributedStyle.YELLOW);
  private static final AttributedStyle OWN =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
  private static final AttributedStyle OTHER =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
  private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter EARLIER = DateTimeFormatter.ofPattern("d MMM HH:mm");

  /** A minute ago is now, for who is there. */
  private static final Duration JUST_NOW = Duration.ofMinutes(1);

  private static final int BAR_WIDTH = 20;
  private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB");

  private final Usernames names;
  private final String userId;
  private final ZoneId zone;

  View(Usernames names, String userId, ZoneId zone) {
    this.names = names;
    this.userId = userId;
    this.zone = zone;
  }

  AttributedString header(Connection connection, String title) {
    AttributedStringBuilder line = new AttributedStringBuilder();
    line.styled(BOLD, "Jovial · " + names.of(userId) + (title.isEmpty() ? "" : " · " + title));
    String reason = connection.reason() == null ? "" : " (" + connection.reason() + ")";
    switch (connection.status()) {
      case ONLINE -> line.styled(DIM, "   online");
      case CONNECTING -> line.styled(WARNING, "   connecting ...");
      case OFFLINE ->
          line.styled(WARNING, "   OFFLINE" + reason + ": what you write waits on this device");
      case CLOSED -> line.styled(DIM, "   closed");
      case ENDED -> line.styled(WARNING, "   LOGGED OUT" + reason + ": start again to log in");
      default -> {}
    }
    return line.toAttributedString();
  }

  List<AttributedString> conversations(
      List<Conversation> all, Map<String, Presence> presences, Instant now) {
    List<AttributedString> lines = new ArrayList<>();
    for (Conversation conversation : all) {
      String other = conversation.userId();
      String name = other == null ? conversation.conversationId() : names.of(other);
      AttributedStringBuilder line = new AttributedStringBuilder();
      line.styled(conversation.unread() > 0 ? BOLD : AttributedStyle.DEFAULT, "  " + padded(name));
      line.append(conversation.unread() > 0 ? conversation.unread() + " unread  " : "");
      Instant last = conversation.lastStoredAt();
      line.styled(DIM, last == null ? "waits to be sent" : "last " + time(last, now));
      line.styled(DIM, presence(other == null ? null : presences.get(other), now));
      lines.add(line.toAttributedString());
    }
    if (lines.isEmpty()) {
      lines.add(new AttributedString("  No conversations yet. Begin one with /open NAME.", DIM));
    }
    return lines;
  }

  private static String padded(String name) {
    return name + " ".repeat(Math.max(2, 24 - name.length()));
  }

  String presence(@Nullable Presence presence, Instant now) {
    if (presence == null) {
      return "";
    }
    if (presence.online()) {
      return "  ● online";
    }
    Instant seen = presence.lastSeen();
    if (seen == null) {
      return "";
    }
    return Duration.between(seen, now).compareTo(JUST_NOW) < 0
        ? "  seen just now"
        : "  seen " + time(seen, now);
  }

  /**
   * @param upload how far the message's file is; null if it has none on its way
   */
  AttributedString message(Message message, @Nullable Upload upload, Instant now) {
    AttributedStringBuilder line = new AttributedStringBuilder();
    boolean own = message.senderId().equals(userId);
    Long seq = message.seq();
    line.styled(
        DIM, "%5s %s ".formatted(seq == null ? "" : "#" + seq, time(shownTime(message), now)));
    line.styled(own ? OWN : OTHER, own ? "you" : names.of(message.senderId()));
    line.append(": ");
    if (message.replyTo() != null) {
      line.styled(DIM, "(to #" + message.replyTo() + ") ");
    }
    if (message.removed() != null) {
      line.styled(DIM, "[" + message.removed() + "]");
    } else {
      line.append(text(message.body()));
    }
    line.styled(DIM, message.edited() ? " (edited)" : "");
    message
        .reactions()
        .forEach(
            (reaction, users) ->
                line.append("  " + printable(reaction) + (users.size() > 1 ? users.size() : "")));
    if (own) {
      line.styled(
          DIM,
          "  "
              + (upload != null && message.state() == MessageState.QUEUED
                  ? upload(upload)
                  : tick(message)));
    }
    return line.toAttributedString();
  }

  /**
   * When the server got it, which no sender's clock can change; while it waits, when it was sent.
   */
  private static Instant shownTime(Message message) {
    Instant storedAt = message.storedAt();
    return storedAt == null ? message.sentAt() : storedAt;
  }

  private static String upload(Upload upload) {
    return switch (upload.state()) {
      case WAITING -> "… waits for the network";
      case PAUSED -> bar(upload.sent(), upload.size()) + " paused";
      default -> bar(upload.sent(), upload.size());
    };
  }

  /** A bar with what it stands for. */
  static String bar(long done, long size) {
    double share = size <= 0 ? 1 : Math.min(1, (double) done / size);
    int full = (int) Math.round(share * BAR_WIDTH);
    return "%s%s %3d%% of %s"
        .formatted("█".repeat(full), "░".repeat(BAR_WIDTH - full), (int) (share * 100), size(size));
  }

  AttributedString saving(String name, Progress progress) {
    return new AttributedString(
        "saving " + printable(name) + "  " + bar(progress.bytes(), progress.size()), DIM);
  }

  /** A number of bytes for people. */
  static String size(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1000 && unit < UNITS.size() - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, UNITS.get(unit));
  }

  private static String tick(Message message) {
    return switch (message.state()) {
      case QUEUED -> "… queued";
      case STORED -> "✓";
      case DELIVERED -> "✓✓";
      case READ -> "✓✓ read";
      case FAILED -> "✗ refused: " + message.error() + " (/retry or /discard)";
      case RECEIVED -> "";
    };
  }

  /** What a body says in one line. What others wrote must not move the cursor or change colours. */
  static String text(@Nullable Body body) {
    if (body == null) {
      return "";
    }
    String text = body.text();
    if (body.type().equals("file")) {
      return file(body, text == null ? "" : text);
    }
    if (text != null) {
      return printable(text);
    }
    Object name = body.fields().get("name");
    return "[" + printable(body.type() + (name == null ? "" : ": " + name)) + "]";
  }

  private static String file(Body body, String caption) {
    Map<String, Object> fields = body.fields();
    Object name = fields.get("name");
    String shown = "[file] " + (name == null ? "without a name" : name);
    if (fields.get("size") instanceof Number size) {
      shown += ", " + size(size.longValue());
    }
    return printable(caption.isEmpty() ? shown : shown + "  " + caption);
  }

  static String printable(String text) {
    return text.codePoints()
        .map(c -> isHarmful(c) ? ' ' : c)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  /** Control characters, and those that turn the direction of all that follows. */
  private static boolean isHarmful(int c) {
    return Character.isISOControl(c)
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }

  AttributedString dim(String text) {
    return new AttributedString(text, DIM);
  }

  AttributedString notice(String text) {
    return new AttributedString(text, WARNING);
  }

  private String time(Instant time, Instant now) {
    boolean today = time.atZone(zone).toLocalDate().equals(now.atZone(zone).toLocalDate());
    return (today ? TODAY : EARLIER).format(time.atZone(zone));
  }
}
