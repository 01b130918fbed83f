package chat.jovial.embedded;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Command line of the child JVM. */
final class CassandraCommand {
  /** Named, not referenced: the class is on the child's class path only. */
  private static final String MAIN_CLASS = "chat.jovial.embedded.child.CassandraChild";

  private static final int JAVA_FEATURE = 17;

  /** What Cassandra 5 reaches into on Java 17: the list of its own {@code jvm17} options. */
  private static final List<String> EXPORTS =
      List.of(
          "java.base/jdk.internal.misc",
          "java.base/java.lang.ref",
          "java.management.rmi/com.sun.jmx.remote.internal.rmi",
          "java.rmi/sun.rmi.registry",
          "java.rmi/sun.rmi.server",
          "java.sql/java.sql",
          "jdk.attach/sun.tools.attach",
          "jdk.compiler/com.sun.tools.javac.file",
          "jdk.unsupported/sun.misc");

  private static final List<String> OPENS =
      List.of(
          "java.base/java.io",
          "java.base/java.lang",
          "java.base/java.lang.module",
          "java.base/java.lang.reflect",
          "java.base/java.nio",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/java.util.concurrent.atomic",
          "java.base/jdk.internal.loader",
          "java.base/jdk.internal.math",
          "java.base/jdk.internal.module",
          "java.base/jdk.internal.ref",
          "java.base/jdk.internal.reflect",
          "java.base/jdk.internal.util.jar",
          "java.base/sun.nio.ch",
          "jdk.management/com.sun.management.internal");

  private static final List<String> FLAGS =
      List.of(
          "-Xss256k",
          // Small at first: Cassandra locks into memory what is committed when it starts, and that
          // took four seconds for a gigabyte.
          "-Xms128m",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:+PerfDisableSharedMem",
          // Standard output is for the lines that the parent reads. While recording an
          // archive the JVM prints a hundred useless lines.
          "-Xlog:disable",
          "-Xlog:all=warning,cds*=off:stderr",
          "-Djava.net.preferIPv4Stack=true",
          "-Djdk.attach.allowAttachSelf=true",
          "-Dio.netty.tryReflectionSetAccessible=true",
          "-Dio.netty.allocator.useCacheForAllThreads=true",
          "-Dio.netty.allocator.maxOrder=11",
          // Keeps standard output and error open.
          "-Dcassandra-foreground=yes",
          "-Dcassandra.skip_wait_for_gossip_to_settle=0");

  /** There are no other members to wait for or to notify. */
  private static final List<String> ALONE =
      List.of("-Dcassandra.ring_delay_ms=0", "-Dcassandra.shutdown_announce_in_ms=0");

  /** The other members are on this machine: gossip reaches them quickly. */
  private static final List<String> AMONG_OTHERS =
      List.of("-Dcassandra.ring_delay_ms=1000", "-Dcassandra.shutdown_announce_in_ms=100");

  private CassandraCommand() {}

  static List<String> of(CassandraSettings settings, CassandraHome home, ClassArchive archive) {
    requireJava17(Runtime.version());
    Path folder = settings.dataDirectory();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + settings.heapMiB() + "m");
    command.addAll(FLAGS);
    command.addAll(settings.ring() == null ? ALONE : AMONG_OTHERS);
    command.add(archive.flag());
    EXPORTS.forEach(name -> command.add("--add-exports=" + name + "=ALL-UNNAMED"));
    OPENS.forEach(name -> command.add("--add-opens=" + name + "=ALL-UNNAMED"));
    command.add("-Djava.io.tmpdir=" + tmp(settings));
    command.add("-XX:ErrorFile=" + settings.logFile() + ".hs_err_%p");
    command.add("-Dcassandra.storagedir=" + folder);
    command.add("-Dcassandra.config=" + CassandraConfiguration.yaml(settings).toUri());
    command.add("-Dlogback.configurationFile=" + CassandraConfiguration.logback(settings).toUri());
    command.add("-cp");
    command.add(
        home.jars().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    command.add(MAIN_CLASS);
    command.add(lock(settings).toString());
    return command;
  }

  /** Native libraries are unpacked here: {@code /tmp} may forbid executing files in it. */
  static Path tmp(CassandraSettings settings) {
    return settings.dataDirectory().resolve("tmp");
  }

  /** Held by the child until it exits. */
  static Path lock(CassandraSettings settings) {
    return settings.dataDirectory().resolve("lock");
  }

  static void requireJava17(Runtime.Version version) {
    if (version.feature() != JAVA_FEATURE) {
      throw new EmbeddedStoreException(
          "The embedded Cassandra runs on JDK 17 only, and this is Java "
              + version
              + " in "
              + System.getProperty("java.home")
              + ". Install a JDK 17 (Debian and Ubuntu: apt install openjdk-17-jdk-headless; others:"
              + " Eclipse Temurin 17) and point JAVA_HOME at it, or set"
              + " JOVIAL_CASSANDRA_CONTACT_POINTS to use another Cassandra.");
    }
  }
}
