package chat.jovial.model.lease;

/**
 * Versions are only compared for being the same, so they may be renamed: the model knows no bound
 * for the number of renewals.
 */
final class LeaseNames {
  private static final int MOST = 100;

  private LeaseNames() {}

  /** A version that nobody has written, seen or on its way. */
  static int unusedVersion(LeaseState at, Requests requests, byte[] s) {
    int highest = 0;
    for (int l = 1; l <= at.bounds.leases(); l++) {
      highest = Math.max(highest, at.leaseVersion.get(s, l));
      for (int n = 0; n < at.bounds.nodes(); n++) {
        highest = Math.max(highest, at.seenVersion.get(s, n, l));
        highest = Math.max(highest, at.shownVersion.get(s, n, l));
      }
    }
    for (int slot = 0; slot < requests.slots(); slot++) {
      highest = Math.max(highest, namesVersion(requests, s, slot) ? requests.number(s, slot) : 0);
    }
    return highest + 1;
  }

  private static boolean namesVersion(Requests requests, byte[] s, int slot) {
    int kind = requests.kind(s, slot);
    return kind == Requests.RENEW || kind == Requests.MARK || kind == Requests.INSERT;
  }

  /** Puts requests in order, renames versions in the order in which they are met. */
  static void tidy(LeaseState at, Requests requests, byte[] s) {
    requests.sort(s);
    for (int l = 1; l <= at.bounds.leases(); l++) {
      int[] names = new int[MOST];
      int[] used = {0};
      at.leaseVersion.set(s, l, rename(names, used, at.leaseVersion.get(s, l)));
      for (int n = 0; n < at.bounds.nodes(); n++) {
        at.seenVersion.set(s, n, l, rename(names, used, at.seenVersion.get(s, n, l)));
        at.shownVersion.set(s, n, l, rename(names, used, at.shownVersion.get(s, n, l)));
      }
      for (int slot = 0; slot < requests.slots(); slot++) {
        if (namesVersion(requests, s, slot) && requests.lease(s, slot) == l) {
          requests.setNumber(s, slot, rename(names, used, requests.number(s, slot)));
        }
      }
    }
    requests.sort(s);
  }

  private static int rename(int[] names, int[] used, int version) {
    if (version == 0) {
      return 0;
    }
    if (names[version] == 0) {
      names[version] = ++used[0];
    }
    return names[version];
  }
}
