package chat.jovial.client.store;

import chat.jovial.client.json.Json;
import chat.jovial.client.model.Entry;
import chat.jovial.client.model.Kind;
import chat.jovial.client.store.ConversationRecord.Watermark;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Store in one SQLite database, in its own folder that only its owner may read. Write-ahead log
 * with {@code synchronous=FULL}: what {@link #commit} returned for survives the loss of power.
 * {@code secure_delete} overwrites what is removed, and after a removal the write-ahead log, which
 * still has the old pages, is emptied.
 *
 * <p>A lock on the folder keeps a second client away; it ends with the process.
 */
public final class SqliteStore implements Store {
  private static final String FILE = "messages.sqlite";
  private static final int VERSION = 2;

  private static final List<String> SCHEMA =
      List.of(
          "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
          "CREATE TABLE entries (conversation_id TEXT, seq INTEGER, kind TEXT, sender_id TEXT,"
              + " target INTEGER, expires_at INTEGER, entry TEXT NOT NULL,"
              + " PRIMARY KEY (conversation_id, seq)) WITHOUT ROWID",
          "CREATE INDEX entries_by_target ON entries (conversation_id, target, seq)"
              + " WHERE target IS NOT NULL",
          "CREATE INDEX entries_by_expiry ON entries (expires_at) WHERE expires_at IS NOT NULL",
          "CREATE TABLE conversations (conversation_id TEXT PRIMARY KEY, state TEXT NOT NULL)"
              + " WITHOUT ROWID",
          "CREATE TABLE outbox (position INTEGER PRIMARY KEY, client_id TEXT, conversation_id TEXT,"
              + " operation TEXT, request TEXT, error TEXT, upload TEXT)",
          "CREATE TABLE triggers (name TEXT PRIMARY KEY, paused INTEGER) WITHOUT ROWID",
          "CREATE TABLE trigger_places (name TEXT, conversation_id TEXT, upto INTEGER,"
              + " PRIMARY KEY (name, conversation_id)) WITHOUT ROWID",
          "CREATE TABLE kept (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
          "PRAGMA user_version = " + VERSION);

  /** From version 1, which knew no files. */
  private static final List<String> TO_VERSION_2 =
      List.of("ALTER TABLE outbox ADD COLUMN upload TEXT", "PRAGMA user_version = 2");

  private final Sql sql;
  private final FileChannel lockFile;
  private boolean inTransaction;
  private boolean removedText;

  private SqliteStore(Sql sql, FileChannel lockFile) {
    this.sql = sql;
    this.lockFile = lockFile;
  }

  /**
   * Opens the store in a folder, which is made if there is none.
   *
   * @throws StoreException if another client uses it, or it cannot be read or written
   */
  public static SqliteStore open(Path folder) {
    try {
      makeFolder(folder);
      FileChannel lockFile =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!lock(lockFile)) {
        lockFile.close();
        throw new StoreInUseException(folder);
      }
      try {
        return new SqliteStore(connect(folder.resolve(FILE)), lockFile);
      } catch (StoreException e) {
        lockFile.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StoreException("Cannot use " + folder + " as local store: " + e.getMessage(), e);
    }
  }

  private static void makeFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectory(folder);
    }
  }

  private static boolean lock(FileChannel file) throws IOException {
    try {
      FileLock lock = file.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // By this same process.
    }
  }

  private static Sql connect(Path file) {
    try {
      Sql sql = new Sql(DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath()));
      sql.execute("PRAGMA journal_mode = WAL");
      sql.execute("PRAGMA synchronous = FULL");
      sql.execute("PRAGMA secure_delete = ON");
      sql.execute("PRAGMA cache_size = -1024");
      Integer version = sql.first(row -> row.getInt(1), "PRAGMA user_version");
      if (version == null || version == 0) {
        sql.execute("BEGIN");
        SCHEMA.forEach(sql::execute);
        sql.execute("COMMIT");
      } else if (version == 1) {
        sql.execute("BEGIN");
        TO_VERSION_2.forEach(sql::execute);
        sql.execute("COMMIT");
      } else if (version != VERSION) {
        throw new StoreException(
            "The local store was written by a newer kit (version " + version + ").");
      }
      return sql;
    } catch (SQLException e) {
      throw Sql.failure(e);
    }
  }

  @Override
  public boolean durable() {
    return true;
  }

  @Override
  public void commit() {
    if (!inTransaction) {
      return;
    }
    sql.update("COMMIT");
    inTransaction = false;
    if (removedText) {
      removedText = false;
      sql.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
  }

  @Override
  public void close() {
    sql.close();
    try {
      lockFile.close();
    } catch (IOException e) {
      throw new StoreException("The lock of the local store cannot be given back.", e);
    }
  }

  private void write(String statement, @Nullable Object... values) {
    if (!inTransaction) {
      sql.update("BEGIN");
      inTransaction = true;
    }
    sql.update(statement, values);
  }

  @Override
  public @Nullable String setting(String name) {
    return sql.first(row -> row.getString(1), "SELECT value FROM settings WHERE name = ?", name);
  }

  @Override
  public void putSetting(String name, @Nullable String value) {
    if (value == null) {
      write("DELETE FROM settings WHERE name = ?", name);
    } else {
      write("INSERT OR REPLACE INTO settings VALUES (?, ?)", name, value);
    }
  }

  @Override
  public void putEntry(Entry entry) {
    Instant expiresAt = entry.body() == null ? null : entry.expiresAt();
    removedText |= entry.body() == null;
    write(
        "INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)",
        entry.conversationId(),
        entry.seq(),
        entry.kind(),
        entry.senderId(),
        entry.target(),
        expiresAt == null ? null : expiresAt.toEpochMilli(),
        Json.of(entry).toString());
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return Json.entry(Json.read(row.getString(1)));
  }

  @Override
  public @Nullable Entry entry(String conversationId, long seq) {
    return sql.first(
        SqliteStore::entry,
        "SELECT entry FROM entries WHERE conversation_id = ? AND seq = ?",
        conversationId,
        seq);
  }

  @Override
  public List<Entry> entries(String conversationId, long from, long upto, int limit) {
    return sql.list(
        SqliteStore::entry,
        "SELECT entry FROM entries WHERE conversation_id = ? AND seq BETWEEN ? AND ?"
            + " ORDER BY seq LIMIT ?",
        conversationId,
        from,
        upto,
        limit);
  }

  @Override
  public List<Entry> messagesBefore(String conversationId, long before, int limit) {
    return sql.list(
        SqliteStore::entry,
        "SELECT entry FROM (SELECT seq, entry FROM entries WHERE conversation_id = ? AND seq < ?"
            + " AND kind = ? ORDER BY seq DESC LIMIT ?) ORDER BY seq",
        conversationId,
        before,
        Kind.MESSAGE,
        limit);
  }

  @Override
  public List<Entry> targeting(String conversationId, long from, long upto) {
    return sql.list(
        SqliteStore::entry,
        "SELECT entry FROM entries WHERE conversation_id = ? AND target BETWEEN ? AND ?"
            + " ORDER BY seq",
        conversationId,
        from,
        upto);
  }

  @Override
  public List<Range> ranges(String conversationId) {
    return sql.list(
        row -> new Range(row.getLong(1), row.getLong(2)),
        "SELECT min(seq), max(seq) FROM (SELECT seq, seq - row_number() OVER (ORDER BY seq)"
            + " AS island FROM entries WHERE conversation_id = ?) GROUP BY island ORDER BY 1",
        conversationId);
  }

  @Override
  public int countUnread(String conversationId, long above, String userId) {
    Integer count =
        sql.first(
            row -> row.getInt(1),
            "SELECT count(*) FROM entries WHERE conversation_id = ? AND seq > ? AND kind = ?"
                + " AND sender_id <> ? AND json_extract(entry, '$.body') IS NOT NULL",
            conversationId,
            above,
            Kind.MESSAGE,
            userId);
    return count == null ? 0 : count;
  }

  @Override
  public List<Entry> expired(Instant now, int limit) {
    return sql.list(
        SqliteStore::entry,
        "SELECT entry FROM entries WHERE expires_at <= ? LIMIT ?",
        now.toEpochMilli(),
        limit);
  }

  @Override
  public @Nullable Instant nextExpiry() {
    Long next =
        sql.first(
            row -> row.getLong(1),
            "SELECT expires_at FROM entries WHERE expires_at IS NOT NULL"
                + " ORDER BY expires_at LIMIT 1");
    return next == null ? null : Instant.ofEpochMilli(next);
  }

  @Override
  public List<ConversationRecord> conversations() {
    return sql.list(
        row -> conversation(Json.read(row.getString(1))), "SELECT state FROM conversations");
  }

  private static ConversationRecord conversation(JsonNode json) {
    Map<String, Watermark> members = new HashMap<>();
    json.path("members")
        .fields()
        .forEachRemaining(member -> members.put(member.getKey(), watermark(member.getValue())));
    List<Range> deleted = new ArrayList<>();
    for (JsonNode range : json.path("deleted")) {
      deleted.add(new Range(range.path(0).asLong(), range.path(1).asLong()));
    }
    return new ConversationRecord(
        Json.required(json, "conversation_id"),
        Json.text(json, "user_id"),
        Json.numberOr(json, "base", 0),
        Json.numberOr(json, "upto", 0),
        Json.numberOr(json, "last_seq", 0),
        Json.time(json, "last_stored_at"),
        Json.numberOr(json, "read_upto", 0),
        (int) Json.numberOr(json, "unread", 0),
        Json.numberOr(json, "unread_at", 0),
        watermark(json.path("acked")),
        members,
        deleted);
  }

  private static Watermark watermark(JsonNode pair) {
    return new Watermark(pair.path(0).asLong(), pair.path(1).asLong());
  }

  @Override
  public void putConversation(ConversationRecord state) {
    ObjectNode json = Json.object().put("conversation_id", state.conversationId());
    Json.putText(json, "user_id", state.userId());
    json.put("base", state.base()).put("upto", state.upto()).put("last_seq", state.lastSeq());
    Instant lastStoredAt = state.lastStoredAt();
    Json.putText(json, "last_stored_at", lastStoredAt == null ? null : lastStoredAt.toString());
    json.put("read_upto", state.readUpto());
    json.put("unread", state.unread()).put("unread_at", state.unreadAt());
    json.putArray("acked").add(state.acked().delivered()).add(state.acked().read());
    ArrayNode deleted = json.putArray("deleted");
    state.deleted().forEach(range -> deleted.addArray().add(range.from()).add(range.upto()));
    ObjectNode members = json.putObject("members");
    state
        .members()
        .forEach((userId, mark) -> members.putArray(userId).add(mark.delivered()).add(mark.read()));
    write(
        "INSERT OR REPLACE INTO conversations VALUES (?, ?)",
        state.conversationId(),
        json.toString());
  }

  @Override
  public List<OutboxItem> outbox() {
    return sql.list(
        row ->
            new OutboxItem(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7)),
        "SELECT position, client_id, conversation_id, operation, request, error, upload FROM outbox"
            + " ORDER BY position");
  }

  @Override
  public void putOutbox(OutboxItem item) {
    write(
        "INSERT OR REPLACE INTO outbox VALUES (?, ?, ?, ?, ?, ?, ?)",
        item.position(),
        item.clientId(),
        item.conversationId(),
        item.operation(),
        item.request(),
        item.error(),
        item.upload());
  }

  @Override
  public void removeOutbox(long position) {
    write("DELETE FROM outbox WHERE position = ?", position);
  }

  @Override
  public List<TriggerRecord> triggers() {
    return sql.list(
        row -> new TriggerRecord(row.getString(1), row.getInt(2) != 0),
        "SELECT name, paused FROM triggers");
  }

  @Override
  public void putTrigger(TriggerRecord trigger) {
    write(
        "INSERT OR REPLACE INTO triggers VALUES (?, ?)", trigger.name(), trigger.paused() ? 1 : 0);
  }

  @Override
  public void removeTrigger(String name) {
    write("DELETE FROM triggers WHERE name = ?", name);
    write("DELETE FROM trigger_places WHERE name = ?", name);
  }

  @Override
  public @Nullable Long triggerPlace(String name, String conversationId) {
    return sql.first(
        row -> row.getLong(1),
        "SELECT upto FROM trigger_places WHERE name = ? AND conversation_id = ?",
        name,
        conversationId);
  }

  @Override
  public void putTriggerPlace(String name, String conversationId, long upto) {
    write("INSERT OR REPLACE INTO trigger_places VALUES (?, ?, ?)", name, conversationId, upto);
  }

  @Override
  public void putKept(String key, @Nullable String value) {
    if (value == null) {
      write("DELETE FROM kept WHERE name = ?", key);
    } else {
      write("INSERT OR REPLACE INTO kept VALUES (?, ?)", key, value);
    }
  }

  @Override
  public Map<String, String> kept(String prefix) {
    Map<String, String> found = new LinkedHashMap<>();
    sql.list(
            row -> Map.entry(row.getString(1), row.getString(2)),
            "SELECT name, value FROM kept WHERE substr(name, 1, ?) = ? ORDER BY name",
            prefix.length(),
            prefix)
        .forEach(each -> found.put(each.getKey(), each.getValue()));
    return found;
  }
}
