package chat.jovial.contract.codec;

import chat.jovial.contract.Broadcast;
import chat.jovial.contract.Caller;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Operation;
import chat.jovial.contract.Reply;
import chat.jovial.contract.Request;
import chat.jovial.contract.Samples;
import chat.jovial.contract.Topic;
import chat.jovial.contract.bus.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** One of everything that the catalogue says goes over the bus. */
final class WireSamples {
  private static final Caller CALLER =
      Caller.user("some-app", "some-user", "some-device", "some-session", "c1", "203.0.113.7");

  private WireSamples() {}

  static List<WireSample<?>> all() {
    List<WireSample<?>> samples = new ArrayList<>();
    List<Operation<?, ?>> operations =
        Stream.concat(Catalogue.CLIENT_PLANE.stream(), Catalogue.SERVICE_PLANE.stream()).toList();
    for (Operation<?, ?> operation : operations) {
      Request request = Samples.of(operation.request());
      samples.add(
          new WireSample<>("call " + operation, Codecs.CALL, new Call(operation, CALLER, request)));
    }
    Set<Class<? extends Reply>> replies = new LinkedHashSet<>();
    operations.forEach(operation -> replies.add(operation.reply()));
    for (Class<? extends Reply> reply : replies) {
      Reply value = Samples.of(reply);
      samples.add(new WireSample<>("reply " + reply.getSimpleName(), Codecs.REPLY, value));
    }
    for (Topic<?> topic : Catalogue.TOPICS) {
      Broadcast value = Samples.of(topic.type());
      samples.add(
          new WireSample<>("broadcast " + topic.type().getSimpleName(), Codecs.BROADCAST, value));
    }
    samples.add(
        new WireSample<>(
            "exception",
            Codecs.EXCEPTION,
            JovialException.tryAgain("the store does not answer", Duration.ofSeconds(1))));
    return samples;
  }
}
