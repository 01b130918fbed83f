package chat.jovial.fss.store;

/** State of a file. Each transition is one conditional write, so that it happens once. */
public enum FileState {
  /** Being uploaded: nobody can read it. */
  OPEN,
  /** Whole, and not passed by the malware scanner yet: nobody can read it. */
  CHECKING,
  COMPLETE,
  /** The malware scanner found something; its chunks are being removed. */
  REFUSED,
  /** Never finished, or given up by its uploader; its chunks are being removed. */
  SWEPT,
  /** Was complete; its chunks are being removed. */
  DELETED;

  /** Whether nobody will ever read it again. */
  public boolean isOver() {
    return this == REFUSED || this == SWEPT || this == DELETED;
  }
}
