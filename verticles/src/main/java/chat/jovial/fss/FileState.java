package chat.jovial.fss;

/** What becomes of a file. Each step is one conditional write, so that it is decided once. */
enum FileState {
  /** Being uploaded: nobody can read it. */
  OPEN,
  COMPLETE,
  /** Never finished; its chunks are being removed. */
  SWEPT,
  /** Was complete; its chunks are being removed. */
  DELETED
}
