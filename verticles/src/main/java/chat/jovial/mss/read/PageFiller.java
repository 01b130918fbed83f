package chat.jovial.mss.read;

import chat.jovial.contract.mds.Entry;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/**
 * Reader of the entries of a page, with bodies, in slices and no further than their bodies fit:
 * large ones make a page shorter, so that neither what a node holds for it nor the reply grows with
 * what members have sent.
 */
final class PageFiller {
  /** Entries read at once; how large their bodies are is known when they are there. */
  private static final int SLICE = 32;

  /** Bytes of bodies in a page. */
  static final int MAX_BYTES = 1024 * 1024;

  private PageFiller() {}

  /** Reads entries by their positions in the page's own order, from 0. */
  @FunctionalInterface
  interface Slices {
    Future<List<Entry>> read(int from, int to);
  }

  /**
   * @param entries in the order in which they were read
   * @param isCut whether some were left out because their bodies did not fit
   */
  record Filled(List<Entry> entries, boolean isCut) {}

  /** Fills a page of that many entries; the first is always in it, however large. */
  static Future<Filled> fill(int count, Slices slices) {
    return fill(count, slices, 0, new ArrayList<>(), 0);
  }

  private static Future<Filled> fill(
      int count, Slices slices, int from, List<Entry> taken, int bytesTaken) {
    if (from >= count) {
      return Future.succeededFuture(new Filled(taken, false));
    }
    int to = Math.min(count, from + SLICE);
    return slices
        .read(from, to)
        .compose(
            entries -> {
              int bytes = bytesTaken;
              for (Entry entry : entries) {
                int size = entry.bodySize();
                if (!taken.isEmpty() && bytes + size > MAX_BYTES) {
                  return Future.succeededFuture(new Filled(taken, true));
                }
                taken.add(entry);
                bytes += size;
              }
              return fill(count, slices, to, taken, bytes);
            });
  }
}
