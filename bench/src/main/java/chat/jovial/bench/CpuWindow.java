package chat.jovial.bench;

import chat.jovial.bench.report.CpuSeconds;
import chat.jovial.bench.subject.Target;

/** CPU time between the two ends of a measured window. */
final class CpuWindow {
  private final Target target;
  private CpuSeconds atStart = CpuSeconds.ZERO;
  private CpuSeconds atEnd = CpuSeconds.ZERO;

  CpuWindow(Target target) {
    this.target = target;
  }

  void start() {
    atStart = target.cpu();
  }

  void end() {
    atEnd = target.cpu();
  }

  CpuSeconds used() {
    return atEnd.minus(atStart);
  }
}
