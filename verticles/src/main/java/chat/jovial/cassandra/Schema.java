package chat.jovial.cassandra;

import java.util.List;

/**
 * Schema as a list of migration steps. A released step is never changed: add another. Each can be
 * run twice. {@code $} stands for the keyspace.
 */
final class Schema {
  /**
   * Reads at quorum must not go back in time (a recovered tail must stay what it was), hence
   * blocking read repair. Unified compaction suits both logs and small tables.
   */
  static final String OPTIONS =
      "read_repair = 'BLOCKING' AND compaction = {'class': 'UnifiedCompactionStrategy'}";

  private static final String BUCKET_KEY = "PRIMARY KEY ((conversation_id, bucket), ";

  static final List<String> STEPS =
      List.of(
          "CREATE TABLE IF NOT EXISTS $log_entries (conversation_id text, bucket bigint, seq"
              + " bigint, base bigint, kind text, sender_id text, device_id text, client_id text,"
              + " sent_at timestamp, stored_at timestamp, reply_to bigint, expires_at timestamp, "
              + BUCKET_KEY
              + "seq)) WITH "
              + OPTIONS,
          "CREATE TABLE IF NOT EXISTS $log_bodies (conversation_id text, bucket bigint, seq bigint,"
              + " body text, "
              + BUCKET_KEY
              + "seq)) WITH "
              + OPTIONS,
          "CREATE TABLE IF NOT EXISTS $log_sends (conversation_id text, bucket bigint, sender_id"
              + " text, client_id text, seq bigint, "
              + BUCKET_KEY
              + "sender_id, client_id)) WITH "
              + OPTIONS,
          "CREATE TABLE IF NOT EXISTS $log_buckets (conversation_id text, bucket bigint,"
              + " stored_at timestamp, PRIMARY KEY (conversation_id, bucket))"
              + " WITH CLUSTERING ORDER BY (bucket DESC) AND "
              + OPTIONS,
          "CREATE TABLE IF NOT EXISTS $member_conversations (user_id text, conversation_id text,"
              + " touched_at timestamp, PRIMARY KEY (user_id, conversation_id)) WITH "
              + OPTIONS,
          "CREATE TABLE IF NOT EXISTS $leases (ring text, lease_id text, data_id text,"
              + " version bigint, state text, PRIMARY KEY (ring, lease_id)) WITH "
              + OPTIONS,
          "CREATE TABLE IF NOT EXISTS $shards (ring text, shard int, lease_id text, claim bigint,"
              + " PRIMARY KEY (ring, shard)) WITH "
              + OPTIONS,
          "ALTER TABLE $log_entries ADD IF NOT EXISTS target bigint",
          "ALTER TABLE $log_bodies ADD IF NOT EXISTS removed text",
          // The bucket is the target's, so that a page of a log finds what was done to it.
          "CREATE TABLE IF NOT EXISTS $log_targets (conversation_id text, bucket bigint,"
              + " target bigint, kind text, seq bigint, "
              + BUCKET_KEY
              + "target, kind, seq)) WITH "
              + OPTIONS,
          "CREATE TABLE IF NOT EXISTS $receipts (conversation_id text, user_id text,"
              + " delivered_upto bigint, read_upto bigint, PRIMARY KEY (conversation_id, user_id))"
              + " WITH "
              + OPTIONS,
          "ALTER TABLE $leases ADD IF NOT EXISTS node text",
          // How far the range of a redaction goes, in the row that says that there is one.
          "ALTER TABLE $log_entries ADD IF NOT EXISTS upto bigint",
          // Ranges whose texts are being removed: for readers with the bodies that they read, for
          // the next owner with what it reads first.
          "ALTER TABLE $log_bodies ADD IF NOT EXISTS hidden set<text> static",
          "ALTER TABLE $log_buckets ADD IF NOT EXISTS hidden set<text> static",
          "CREATE TABLE IF NOT EXISTS $files (file_id text PRIMARY KEY, app_id text, sender_id"
              + " text, conversation_id text, name text, mime_type text, length bigint, state text,"
              + " epoch bigint, created_at timestamp, touched_at timestamp, size bigint, sha256"
              + " text, width int, height int) WITH "
              + OPTIONS,
          // What is encrypted cannot be compressed; and so the sizes are read past the bytes.
          "CREATE TABLE IF NOT EXISTS $file_chunks (file_id text, part int, chunk int, size int,"
              + " data blob, PRIMARY KEY ((file_id, part), chunk)) WITH compression ="
              + " {'enabled': 'false'} AND "
              + OPTIONS,
          "CREATE TABLE IF NOT EXISTS $file_sizes (app_id text, slot int, user_id text, file_id"
              + " text, size bigint, PRIMARY KEY ((app_id, slot), user_id, file_id)) WITH "
              + OPTIONS,
          "CREATE TABLE IF NOT EXISTS $file_todo (hour bigint, slot int, file_id text, app_id text,"
              + " sender_id text, PRIMARY KEY ((hour, slot), file_id)) WITH "
              + OPTIONS,
          "CREATE TABLE IF NOT EXISTS $file_todo_hours (one int, hour bigint,"
              + " PRIMARY KEY (one, hour)) WITH "
              + OPTIONS,
          "CREATE TABLE IF NOT EXISTS $file_thumbnails (file_id text PRIMARY KEY, data blob) WITH "
              + OPTIONS,
          "CREATE TABLE IF NOT EXISTS $data_keys (scope text PRIMARY KEY, wrapped blob, master"
              + " text) WITH "
              + OPTIONS,
          // In the place of "body", which older releases wrote as it is; redactions still do.
          "ALTER TABLE $log_bodies ADD IF NOT EXISTS sealed blob",
          "CREATE TABLE IF NOT EXISTS $master_keys (name text PRIMARY KEY, ids text) WITH "
              + OPTIONS,
          "CREATE TABLE IF NOT EXISTS $store_identity (one int PRIMARY KEY, id text) WITH "
              + OPTIONS,
          // In the place of "name" and "sha256", which older releases wrote as they are.
          "ALTER TABLE $files ADD IF NOT EXISTS sealed_name blob",
          "ALTER TABLE $files ADD IF NOT EXISTS sealed_sha256 blob");

  private Schema() {}
}
