package chat.jovial.bench.report;

import java.util.List;
import java.util.Map;

/**
 * Servers killed with SIGKILL while files went up to them.
 *
 * @param files that were completed, and read again at the end
 * @param hit uploads that were on their way to a server when it was killed
 * @param resumed times that an upload went on after a failure
 * @param resumeMedianMs from the failure until its bytes were on their way again
 * @param wrong files or uploads that were lost, unreadable or different, with what was seen
 * @param interruptions what uploads had to try again for, with counts: refused connections mostly
 */
public record FileKillsReport(
    int kills,
    int nodes,
    int fileBytes,
    int files,
    int hit,
    int resumed,
    double resumeMedianMs,
    double resumeMaxMs,
    List<String> wrong,
    Map<String, Integer> interruptions,
    double seconds) {}
