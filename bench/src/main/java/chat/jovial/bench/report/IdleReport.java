package chat.jovial.bench.report;

import java.util.List;

/**
 * Sessions that are logged in and silent.
 *
 * @param warmUpSessions opened and closed before the base was taken, so that classes and pools are
 *     there
 */
public record IdleReport(int sessions, int warmUpSessions, List<Over> over) {
  /**
   * @param openSeconds from the first connection to the last login
   * @param bytesEach heap after a collection plus native memory, over the base, for each session
   * @param topClasses what the heap grew by for each session
   */
  public record Over(
      String transport,
      double openSeconds,
      Memory base,
      Memory loaded,
      double heapBytesEach,
      double nativeBytesEach,
      double bytesEach,
      double residentBytesEach,
      List<ClassGrowth> topClasses) {}

  /**
   * Bytes.
   *
   * @param heap live objects after a full collection
   * @param nativeMemory all that the JVM has committed but its heap, direct buffers included
   * @param resident as the system counts it, with garbage and unused heap
   */
  public record Memory(long heap, long nativeMemory, long resident) {}

  public record ClassGrowth(String name, double instancesEach, double bytesEach) {}
}
