package chat.jovial.terminal;

import chat.jovial.client.JovialClient;
import chat.jovial.client.model.Connection;
import chat.jovial.client.model.Conversation;
import chat.jovial.client.model.Message;
import chat.jovial.client.model.Presence;
import chat.jovial.client.model.Progress;
import chat.jovial.client.model.Typing;
import chat.jovial.client.model.Upload;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jline.reader.LineReader;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;

/**
 * Screen with the list of conversations, or the one that is open, above the line that is being
 * typed. It is drawn again, by its own thread, a moment after anything has changed: so ticks, edits
 * and reactions appear in their places. Any thread may call it.
 */
final class Screen implements AutoCloseable {
  /** What comes within it is drawn together. */
  private static final Duration DRAW_DELAY = Duration.ofMillis(60);

  /** Notices shown at a time, the newest. */
  private static final int MAX_NOTICES = 4;

  /** Header, typing, prompt, and an empty line. */
  private static final int OTHER_LINES = 5;

  private static final String CLEAR = "\u001b[H\u001b[2J";

  private final LineReader reader;
  private final Terminal terminal;
  private final JovialClient client;
  private final Usernames names;
  private final View view;
  private final ScheduledExecutorService drawer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "screen");
            thread.setDaemon(true);
            return thread;
          });
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final Map<String, Presence> presences = new ConcurrentHashMap<>();
  private final Set<String> typing = ConcurrentHashMap.newKeySet();
  private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
  private final Map<String, Progress> savings = new ConcurrentHashMap<>();
  private final Deque<String> notices = new ArrayDeque<>();
  private volatile Set<String> watched = Set.of();
  private volatile Connection connection = new Connection(Connection.Status.CONNECTING, null);
  private volatile @Nullable String open;
  private volatile @Nullable String openUser;

  Screen(LineReader reader, JovialClient client, Usernames names, ZoneId zone) {
    this.reader = reader;
    this.terminal = reader.getTerminal();
    this.client = client;
    this.names = names;
    this.view = new View(names, client.userId(), zone);
    terminal.handle(Terminal.Signal.WINCH, signal -> redraw());
  }

  @Nullable String openConversation() {
    return open;
  }

  String prompt() {
    String user = openUser;
    return user == null ? "> " : names.of(user) + "> ";
  }

  /** Shows a conversation; null for the list. */
  void open(@Nullable String conversationId, @Nullable String userId) {
    open = conversationId;
    openUser = userId;
    clearNotices();
    redraw();
  }

  /** A line for the person, until others take its place. */
  void say(String text) {
    synchronized (notices) {
      for (String line : text.split("\n", -1)) {
        notices.addLast(line);
      }
      int most = Math.max(MAX_NOTICES, text.split("\n", -1).length);
      while (notices.size() > most) {
        notices.removeFirst();
      }
    }
    redraw();
  }

  void clearNotices() {
    synchronized (notices) {
      notices.clear();
    }
  }

  void handleConnection(Connection now) {
    connection = now;
    redraw();
  }

  void handleTyping(Typing sign) {
    if (sign.typing()) {
      typing.add(sign.conversationId());
    } else {
      typing.remove(sign.conversationId());
    }
    redraw();
  }

  void handlePresence(Presence presence) {
    presences.put(presence.userId(), presence);
    redraw();
  }

  void handleUpload(Upload upload) {
    boolean over = upload.state() == Upload.State.DONE || upload.state() == Upload.State.FAILED;
    if (over) {
      uploads.remove(upload.clientId());
    } else {
      uploads.put(upload.clientId(), upload);
    }
    redraw();
  }

  /**
   * @param progress null when it is over
   */
  void handleSaving(String name, @Nullable Progress progress) {
    if (progress == null) {
      savings.remove(name);
    } else {
      savings.put(name, progress);
    }
    redraw();
  }

  void redraw() {
    if (scheduled.compareAndSet(false, true)) {
      var unused = drawer.schedule(this::draw, DRAW_DELAY.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void draw() {
    scheduled.set(false);
    try {
      String conversationId = open;
      if (conversationId == null) {
        print(list(client.conversations().join()));
      } else {
        print(conversation(client.messages(conversationId).join()));
      }
    } catch (RuntimeException e) {
      // The client was closed; there is nothing to show any more.
    }
  }

  private List<AttributedString> list(List<Conversation> conversations) {
    watch(conversations);
    List<AttributedString> lines = new ArrayList<>();
    lines.add(view.header(connection, "conversations"));
    lines.addAll(limited(view.conversations(conversations, presences, Instant.now())));
    return lines;
  }

  private List<AttributedString> conversation(List<Message> messages) {
    Instant now = Instant.now();
    String user = String.valueOf(openUser);
    List<AttributedString> lines = new ArrayList<>();
    lines.add(view.header(connection, names.of(user) + view.presence(presences.get(user), now)));
    List<AttributedString> shown = new ArrayList<>();
    messages.forEach(
        message ->
            shown.addAll(wrapped(view.message(message, uploads.get(message.clientId()), now))));
    lines.addAll(limited(shown));
    if (messages.isEmpty()) {
      lines.add(view.dim("  Nothing yet. What you type is sent to " + names.of(user) + "."));
    }
    lines.add(
        view.dim(typing.contains(String.valueOf(open)) ? names.of(user) + " is typing ..." : ""));
    markRead(messages);
    return lines;
  }

  /** What is on the screen has been seen. */
  private void markRead(List<Message> messages) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      Long seq = messages.get(i).seq();
      if (seq != null) {
        var unused = client.markRead(messages.get(i).conversationId(), seq);
        return;
      }
    }
  }

  private List<AttributedString> wrapped(AttributedString line) {
    return Wrapping.lines(line, Math.max(20, terminal.getWidth()));
  }

  /** As many as fit, the last of them. */
  private List<AttributedString> limited(List<AttributedString> lines) {
    int noticed;
    synchronized (notices) {
      noticed = notices.size();
    }
    int room = Math.max(3, terminal.getHeight() - OTHER_LINES - noticed - savings.size());
    return lines.subList(Math.max(0, lines.size() - room), lines.size());
  }

  private void watch(List<Conversation> conversations) {
    Set<String> users =
        conversations.stream()
            .map(Conversation::userId)
            .filter(id -> id != null && !id.equals(client.userId()))
            .limit(200)
            .collect(Collectors.toSet());
    if (!users.equals(watched)) {
      watched = users;
      var unused = client.watchPresence(users).exceptionally(failure -> null);
    }
  }

  private void print(List<AttributedString> lines) {
    StringBuilder all = new StringBuilder(CLEAR);
    int width = Math.max(20, terminal.getWidth());
    for (AttributedString line : lines) {
      all.append(line.columnSubSequence(0, width).toAnsi(terminal)).append('\n');
    }
    savings.forEach(
        (name, progress) -> all.append(view.saving(name, progress).toAnsi(terminal)).append('\n'));
    synchronized (notices) {
      notices.forEach(notice -> all.append(view.notice(notice).toAnsi(terminal)).append('\n'));
    }
    reader.printAbove(all.toString());
  }

  @Override
  public void close() {
    drawer.shutdownNow();
  }
}
