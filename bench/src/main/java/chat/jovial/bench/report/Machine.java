package chat.jovial.bench.report;

/** Machine on which it was measured. */
public record Machine(int cores, String java, String system, String note) {
  public static Machine here() {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vm.version", "?"),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        "server, stores and generator share these cores");
  }
}
