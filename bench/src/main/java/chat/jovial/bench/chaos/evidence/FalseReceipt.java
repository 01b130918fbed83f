package chat.jovial.bench.chaos.evidence;

import java.util.List;

/**
 * A sender's device was told more than was true at that moment.
 *
 * @param toldDevice which device was told
 * @param reader the user of whom it was told
 * @param read whether it was {@code read}; else {@code delivered}
 * @param upto the watermark it was told
 * @param seqs the first numbers up to it that no device of the reader held, or had marked as read;
 *     those that the reader sent count for nothing
 */
public record FalseReceipt(int toldDevice, int reader, boolean read, long upto, List<Long> seqs) {
  public FalseReceipt {
    seqs = List.copyOf(seqs);
  }
}
