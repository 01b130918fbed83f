package chat.jovial.embedded;

import java.util.Locale;

/** Sync mode of Cassandra's commit log: when a write is acknowledged. */
public enum CommitLogMode {
  /** After a sync to disk that all writes of one short window share. */
  GROUP,
  /** After a sync to disk that starts at once and is shared by those that come meanwhile. */
  BATCH,
  /** Before the sync: a kill or a power cut loses acknowledged writes. For measurements only. */
  PERIODIC;

  String inConfiguration() {
    return name().toLowerCase(Locale.ROOT);
  }
}
