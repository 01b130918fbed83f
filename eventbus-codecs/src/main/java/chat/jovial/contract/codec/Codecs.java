package chat.jovial.contract.codec;

import chat.jovial.contract.Broadcast;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Reply;
import chat.jovial.contract.bus.Call;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import java.util.stream.Stream;

/** All codecs, for a bus that is about to be used. */
public final class Codecs {
  static final MessageCodec<Call, Call> CALL = new CallCodec();
  static final MessageCodec<JovialException, JovialException> EXCEPTION = new ExceptionCodec();
  static final MessageCodec<Reply, Reply> REPLY =
      new RecordCodec<>(
          "jovial.reply",
          Stream.concat(Catalogue.CLIENT_PLANE.stream(), Catalogue.SERVICE_PLANE.stream())
              .map(operation -> operation.reply()));
  static final MessageCodec<Broadcast, Broadcast> BROADCAST =
      new RecordCodec<>("jovial.broadcast", Catalogue.TOPICS.stream().map(topic -> topic.type()));

  private Codecs() {}

  /** Registers the codecs; once for each Vert.x instance, before anything is sent. */
  public static void register(EventBus bus) {
    bus.registerDefaultCodec(Call.class, CALL);
    bus.registerDefaultCodec(JovialException.class, EXCEPTION);
    bus.registerCodec(REPLY);
    bus.registerCodec(BROADCAST);
    bus.codecSelector(
        body ->
            body instanceof Reply
                ? REPLY.name()
                : body instanceof Broadcast ? BROADCAST.name() : null);
  }
}
