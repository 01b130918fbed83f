package chat.jovial.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writer of the two files that Cassandra reads at its start. They are written again at each start:
 * the settings are the server's, and an edit of these files would be lost.
 */
final class CassandraConfiguration {
  /** Data centre name that {@code SimpleSnitch} gives; drivers ask for it. */
  static final String DATA_CENTER = "datacenter1";

  private static final String YAML =
      """
      # Written by Jovial at each start; edit conf/jovial.yaml instead.
      cluster_name: jovial-embedded
      partitioner: org.apache.cassandra.dht.Murmur3Partitioner
      endpoint_snitch: SimpleSnitch
      # One token each, given beforehand: nothing to wait for.
      num_tokens: 1
      initial_token: %7$s
      auto_bootstrap: false
      dynamic_snitch: false
      seed_provider:
        - class_name: org.apache.cassandra.locator.SimpleSeedProvider
          parameters:
            - seeds: "%8$s"
      listen_address: %2$s
      storage_port: %3$d
      rpc_address: %2$s
      native_transport_port: %4$d
      # Formats of Cassandra 5: tries in memory and on disk.
      storage_compatibility_mode: NONE
      memtable:
        configurations:
          trie:
            class_name: TrieMemtable
          default:
            inherits: trie
      memtable_allocation_type: offheap_objects
      sstable:
        selected_format: bti
      default_compaction:
        class_name: UnifiedCompactionStrategy
        parameters:
          scaling_parameters: T4
          target_sstable_size: 256MiB
          base_shard_count: 1
      key_cache_size: 0MiB
      counter_cache_size: 0MiB
      commitlog_sync: %5$s
      %6$s
      commitlog_segment_size: 32MiB
      commitlog_total_space: 1024MiB
      %9$s
      # A store that cannot write must exit visibly instead of answering from what is left.
      disk_failure_policy: die
      commit_failure_policy: die
      data_file_directories:
        - "%1$s/data"
      commitlog_directory: "%1$s/commitlog"
      hints_directory: "%1$s/hints"
      saved_caches_directory: "%1$s/saved_caches"
      cdc_raw_directory: "%1$s/cdc"
      """;

  /** On one busy machine an answer that comes late is better than none. */
  private static final String ALONE =
      """
      hinted_handoff_enabled: false
      read_request_timeout: 10s
      range_request_timeout: 10s
      write_request_timeout: 10s
      cas_contention_timeout: 5s
      request_timeout: 10s""";

  /**
   * Others can answer in place of one that is dead or paused. How soon they are asked follows from
   * the time for reads: half of it until there are figures, and those are looked at as often.
   * Transactions take half the messages that they took before Cassandra 4.1.
   */
  private static final String AMONG_OTHERS =
      """
      hinted_handoff_enabled: true
      paxos_variant: v2
      read_request_timeout: 2s
      range_request_timeout: 5s
      write_request_timeout: 2s
      cas_contention_timeout: 3s
      request_timeout: 10s""";

  private static final String LOGBACK =
      """
      <configuration>
        <appender name="FILE" class="ch.qos.logback.core.rolling.RollingFileAppender">
          <file>%1$s</file>
          <rollingPolicy class="ch.qos.logback.core.rolling.FixedWindowRollingPolicy">
            <fileNamePattern>%1$s.%%i</fileNamePattern>
            <maxIndex>3</maxIndex>
          </rollingPolicy>
          <triggeringPolicy class="ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy">
            <maxFileSize>20MB</maxFileSize>
          </triggeringPolicy>
          <encoder>
            <pattern>%%d %%-5level [%%thread] %%logger{1} %%msg%%n</pattern>
          </encoder>
        </appender>
        <root level="INFO">
          <appender-ref ref="FILE"/>
        </root>
      </configuration>
      """;

  private CassandraConfiguration() {}

  static Path yaml(CassandraSettings settings) {
    return settings.dataDirectory().resolve("conf").resolve("cassandra.yaml");
  }

  static Path logback(CassandraSettings settings) {
    return settings.dataDirectory().resolve("conf").resolve("logback.xml");
  }

  static Path commitLog(CassandraSettings settings) {
    return settings.dataDirectory().resolve("commitlog");
  }

  /** Writes both files. Blocks on the disk. */
  static void write(CassandraSettings settings, int nativePort, int storagePort) {
    Folders.createParent(yaml(settings));
    RingMember ring = settings.ring();
    try {
      Files.writeString(
          yaml(settings),
          YAML.formatted(
              quoted(settings.dataDirectory()),
              settings.listenHost(),
              storagePort,
              nativePort,
              settings.commitLogMode().inConfiguration(),
              window(settings),
              ring == null ? "0" : ring.token(),
              ring == null ? settings.listenHost() + ":" + storagePort : ring.seeds(),
              ring == null ? ALONE : AMONG_OTHERS));
      Files.writeString(logback(settings), LOGBACK.formatted(escaped(settings.logFile())));
    } catch (IOException e) {
      throw new EmbeddedStoreException(
          "Cannot write Cassandra's configuration in " + yaml(settings).getParent() + ": " + e, e);
    }
  }

  private static String window(CassandraSettings settings) {
    long millis = settings.commitLogWindow().toMillis();
    return switch (settings.commitLogMode()) {
      case GROUP -> "commitlog_sync_group_window: " + millis + "ms";
      case PERIODIC -> "commitlog_sync_period: " + millis + "ms";
      case BATCH -> "";
    };
  }

  /** For the inside of a double-quoted YAML scalar. */
  private static String quoted(Path path) {
    return path.toString().replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /** For XML text. */
  private static String escaped(Path path) {
    return path.toString().replace("&", "&amp;").replace("<", "&lt;");
  }
}
