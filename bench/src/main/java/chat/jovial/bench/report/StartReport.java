package chat.jovial.bench.report;

/**
 * Seconds until ready, medians.
 *
 * @param fresh with an empty data folder
 * @param again with the data of an earlier run
 */
public record StartReport(int starts, Times fresh, Times again) {
  public record Times(double server, double cassandraAlone, double ratio) {}
}
