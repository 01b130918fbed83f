package chat.jovial.mds;

import chat.jovial.contract.Caller;
import chat.jovial.limits.DiskGuard;

/**
 * Guard of everything that is appended, shared by a node's MDS verticles: is there room on the
 * disk, and has the user stored too much in the last minute? Any thread.
 */
public record AppendGuard(DiskGuard disk, ByteRates rates) {
  /** Refuses an entry that may not be stored now. */
  void check(Caller caller, int bodyBytes) {
    disk.checkWritable();
    rates.acquire(caller, bodyBytes);
  }
}
