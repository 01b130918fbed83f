package chat.jovial.bench.chaos.report;

import chat.jovial.bench.chaos.check.Rule;
import java.util.List;
import java.util.Locale;

/** A report for people: Markdown that can be read as it is. */
public final class Markdown {
  private final StringBuilder text = new StringBuilder();

  private Markdown() {}

  public static String of(ChaosReport report) {
    Markdown markdown = new Markdown();
    markdown.head(report);
    markdown.counts(report.counts());
    markdown.rules(report);
    markdown.outages(report.outages());
    markdown.rest(report);
    return markdown.text.toString();
  }

  private void head(ChaosReport report) {
    line(
        "# %s", report.isClean() ? "Nothing that was promised was broken" : "PROMISES WERE BROKEN");
    line("");
    line(
        "%s, seed %d: %d s of faults on %d server(s) and %d Cassandras, %d devices, %d messages/s"
            + " offered.",
        report.measuredAt(),
        report.seed(),
        report.seconds(),
        report.nodes(),
        report.stores(),
        report.devices(),
        report.rate());
    line(
        report.settled()
            ? "Everything had come to rest %.1f s after the last repair."
            : "NOT everything had come to rest %.1f s after the last repair.",
        report.settleSeconds());
    line("");
  }

  private void counts(Counts counts) {
    line("| sent | kept on the device | seen stored | in the logs | shown | held back | refused |");
    line("|---|---|---|---|---|---|---|");
    line(
        "| %d | %d | %d | %d | %d | %d | %s |",
        counts.sent(),
        counts.queued(),
        counts.stored(),
        counts.inLogs(),
        counts.shown(),
        counts.heldBack(),
        counts.refused().isEmpty() ? "0" : counts.refused());
    line("");
  }

  private void rules(ChaosReport report) {
    line("| | rule | broken |");
    line("|---|---|---|");
    for (Rule rule : Rule.values()) {
      line(
          "| %s | %s | %d |",
          rule.invariant(), rule.meaning(), report.violations().getOrDefault(rule, 0L));
    }
    line("");
    report
        .examples()
        .forEach(
            (rule, examples) -> {
              line("%s, for example:", rule);
              examples.forEach(example -> line("- %s", example));
              line("");
            });
  }

  private void outages(List<Outage> outages) {
    line("Times in milliseconds: median / p99 / longest.");
    line("");
    line(
        "| fault | times | lasted | send to stored | send to receive | its clients' sends waited |"
            + " their receiving | they sent again after | and received |");
    line("|---|---|---|---|---|---|---|---|---|");
    for (Outage outage : outages) {
      line(
          "| %s | %d | %s | %s | %s | %s | %s | %s | %s |",
          outage.kind(),
          outage.times(),
          text(outage.lasted()),
          text(outage.sendToStored()),
          text(outage.sendToReceive()),
          text(outage.sendWaits()),
          text(outage.receiveWaits()),
          text(outage.sendAgain()),
          text(outage.receiveAgain()));
    }
    line("");
  }

  private void rest(ChaosReport report) {
    line(
        "Failure detection: %d time(s) a node that lived found its lease marked dead while it was"
            + " paused or cut off from the store; %d time(s) without such a reason.",
        report.falseAlarms().whileDisturbed(), report.falseAlarms().outOfTheBlue());
    if (!report.leftOut().isEmpty()) {
      line("");
      line("Not done: %s.", String.join("; ", report.leftOut()));
    }
    line("");
    line("Faults:");
    line("");
    report.faults().forEach(fault -> line("%s  ", fault));
  }

  private static String text(Spread spread) {
    return spread.count() == 0
        ? "-"
        : String.format(
            Locale.ROOT, "%.0f / %.0f / %.0f", spread.median(), spread.p99(), spread.max());
  }

  private void line(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
