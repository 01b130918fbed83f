package chat.jovial.mds;

/** Tells the readers what was stored; best effort, and only after the senders were told. */
@FunctionalInterface
interface Teller {
  void tell(Group group);
}
