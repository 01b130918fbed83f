package chat.jovial.bench.subject;

import chat.jovial.bench.report.IdleReport.Memory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a JVM on this machine, with the JDK's {@code jcmd}, what it holds. For native memory it must
 * run with {@code -XX:NativeMemoryTracking=summary}. Blocks.
 */
public final class MemoryProbe {
  private static final long KIB = 1024;
  private static final int JCMD_SECONDS = 60;

  /** Collections before the count: finalizers and cleaners of the first free more for the next. */
  private static final int COLLECTIONS = 2;

  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern TOTAL = Pattern.compile("Total:.*committed=(\\d+)KB");
  private static final Pattern HEAP = Pattern.compile("Java Heap \\(.*committed=(\\d+)KB");

  /** {@code 1: 12345 678900 name}, from {@code GC.class_histogram}. */
  private static final Pattern CLASS_LINE =
      Pattern.compile("^\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+)", Pattern.MULTILINE);

  private static final Pattern HISTOGRAM_TOTAL =
      Pattern.compile("^Total\\s+\\d+\\s+(\\d+)", Pattern.MULTILINE);

  private final long pid;

  public MemoryProbe(long pid) {
    this.pid = pid;
  }

  /** Live objects of a class. */
  public record ClassCount(long instances, long bytes) {}

  /** What was found. */
  public record Snapshot(Memory memory, Map<String, ClassCount> classes) {}

  /** Collects garbage in that JVM and counts what is left. */
  public Snapshot take() throws IOException, InterruptedException {
    for (int i = 0; i < COLLECTIONS; i++) {
      jcmd("GC.run");
    }
    String histogram = jcmd("GC.class_histogram");
    Map<String, ClassCount> classes = new HashMap<>();
    Matcher line = CLASS_LINE.matcher(histogram);
    while (line.find()) {
      classes.put(
          line.group(3),
          new ClassCount(Long.parseLong(line.group(1)), Long.parseLong(line.group(2))));
    }
    String nmt = jcmd("VM.native_memory", "summary");
    if (!TOTAL.matcher(nmt).find()) {
      throw new IOException(
          "The server's JVM does not track its native memory. Start it with"
              + " JDK_JAVA_OPTIONS=-XX:NativeMemoryTracking=summary.");
    }
    long nativeMemory = (number(TOTAL, nmt) - number(HEAP, nmt)) * KIB;
    long resident = number(RESIDENT, Files.readString(Path.of("/proc/" + pid + "/status"))) * KIB;
    return new Snapshot(
        new Memory(number(HISTOGRAM_TOTAL, histogram), nativeMemory, resident), classes);
  }

  private String jcmd(String... arguments) throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 2];
    command[0] = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    command[1] = Long.toString(pid);
    System.arraycopy(arguments, 0, command, 2, arguments.length);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(JCMD_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(String.join(" ", command) + " failed: " + output);
    }
    return output;
  }

  private static long number(Pattern pattern, String text) throws IOException {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IOException("jcmd said nothing that looks like " + pattern);
    }
    return Long.parseLong(matcher.group(1));
  }
}
