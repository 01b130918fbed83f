package chat.jovial.model.explore;

/** A number, a list or a table of numbers from 0 to 255 at a fixed place in a state's bytes. */
public final class Field {
  private final int offset;
  private final int rows;
  private final int columns;

  Field(int offset, int rows, int columns) {
    this.offset = offset;
    this.rows = rows;
    this.columns = columns;
  }

  public int get(byte[] state) {
    return state[offset] & 0xff;
  }

  public void set(byte[] state, int value) {
    state[offset] = (byte) value;
  }

  public int get(byte[] state, int index) {
    return state[offset + index] & 0xff;
  }

  public void set(byte[] state, int index, int value) {
    state[offset + index] = (byte) value;
  }

  public int get(byte[] state, int row, int column) {
    return state[offset + row * columns + column] & 0xff;
  }

  public void set(byte[] state, int row, int column, int value) {
    state[offset + row * columns + column] = (byte) value;
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  public void clear(byte[] state) {
    java.util.Arrays.fill(state, offset, offset + rows * columns, (byte) 0);
  }

  public void clearRow(byte[] state, int row) {
    int from = offset + row * columns;
    java.util.Arrays.fill(state, from, from + columns, (byte) 0);
  }

  public void copyRow(byte[] from, int fromRow, byte[] to, int toRow) {
    System.arraycopy(from, offset + fromRow * columns, to, offset + toRow * columns, columns);
  }

  public int compareRows(byte[] state, int one, int other) {
    int a = offset + one * columns;
    int b = offset + other * columns;
    return java.util.Arrays.compareUnsigned(state, a, a + columns, state, b, b + columns);
  }
}
