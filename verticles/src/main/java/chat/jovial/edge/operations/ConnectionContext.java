package chat.jovial.edge.operations;

import chat.jovial.edge.frames.FrameStyle;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * Connection on which an operation of the edge itself was called. Used on its event loop, but for
 * {@link #identity} and {@link #deliver}.
 */
public interface ConnectionContext {
  String connectionId();

  /** The shape of the frames that it carries. */
  FrameStyle style();

  /** Who it is bound to. Any thread; the event loop decides. */
  @Nullable Identity identity();

  /**
   * Binds it to a user, or renews that. Frames behind the request are read when the outcome is
   * there; completes when every node can know that the user has a device here.
   */
  Future<Identity> bind(Future<Identity> verified);

  /** Sends frames of events, if it registered for them. Any thread. */
  void deliver(byte[][] frames);

  /**
   * Has this run once, when it is no longer bound to its user; replaces the action before. Any
   * thread.
   */
  void onUnbound(Runnable action);
}
