package chat.jovial.images;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Input of the bytes of an image, which fails after a deadline. */
final class DeadlineInput extends InputStream {
  private final ByteArrayInputStream bytes;
  private final Deadline deadline;

  DeadlineInput(byte[] bytes, Deadline deadline) {
    this.bytes = new ByteArrayInputStream(bytes);
    this.deadline = deadline;
  }

  @Override
  public int read() throws IOException {
    deadline.check();
    return bytes.read();
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    deadline.check();
    return bytes.read(into, offset, length);
  }
}
