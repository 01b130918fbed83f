package chat.jovial.model.explore;

/**
 * Layout of a state in its bytes. A state is one flat array, so that copying, comparing and hashing
 * it need no code of the model's.
 */
public final class Layout {
  private int size;

  public Field number() {
    return table(1, 1);
  }

  public Field list(int length) {
    return table(1, length);
  }

  public Field table(int rows, int columns) {
    Field field = new Field(size, rows, columns);
    size += rows * columns;
    return field;
  }

  /** An empty state: all zeros, its length a multiple of eight for the hash. */
  public byte[] state() {
    return new byte[(size + 7) / 8 * 8];
  }
}
