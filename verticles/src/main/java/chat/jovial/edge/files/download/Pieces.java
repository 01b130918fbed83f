package chat.jovial.edge.files.download;

import chat.jovial.contract.fss.Chunks;
import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** A plan in the pieces in which it is sent, made one by one however long it is. */
final class Pieces implements Iterator<Pieces.Piece> {
  /** Either a text, or bytes of a chunk. */
  sealed interface Piece permits Text, Slice {}

  record Text(Buffer text) implements Piece {}

  /** Bytes of a chunk, {@code to} not included. */
  record Slice(int chunk, int from, int to) implements Piece {}

  private final DownloadPlan plan;
  private int part;
  private boolean headGiven;

  /** Next byte of the present part. */
  private long position;

  private boolean endGiven;

  Pieces(DownloadPlan plan) {
    this.plan = plan;
    this.headGiven = !hasHead(0);
    this.endGiven = plan.end().length() == 0;
    this.position = plan.parts().isEmpty() ? 0 : plan.parts().get(0).range().first();
  }

  @Override
  public boolean hasNext() {
    return part < plan.parts().size() || !endGiven;
  }

  @Override
  public Piece next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (part == plan.parts().size()) {
      endGiven = true;
      return new Text(plan.end());
    }
    DownloadPlan.Part present = plan.parts().get(part);
    if (!headGiven) {
      headGiven = true;
      return new Text(present.head());
    }
    int chunk = Math.toIntExact(position / Chunks.SIZE);
    long begin = (long) chunk * Chunks.SIZE;
    long end = Math.min(begin + Chunks.SIZE, present.range().last() + 1);
    Slice slice = new Slice(chunk, (int) (position - begin), (int) (end - begin));
    position = end;
    if (position > present.range().last()) {
      beginPart(part + 1);
    }
    return slice;
  }

  private void beginPart(int next) {
    part = next;
    if (next < plan.parts().size()) {
      headGiven = !hasHead(next);
      position = plan.parts().get(next).range().first();
    }
  }

  private boolean hasHead(int index) {
    return index < plan.parts().size() && plan.parts().get(index).head().length() > 0;
  }
}
