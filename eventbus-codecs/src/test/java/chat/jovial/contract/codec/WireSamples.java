package chat.jovial.contract.codec;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Operation;
import chat.jovial.contract.Reply;
import chat.jovial.contract.Request;
import chat.jovial.contract.Samples;
import chat.jovial.contract.Topic;
import chat.jovial.contract.bus.Call;
import io.vertx.core.eventbus.MessageCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
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
      addAll(
          samples,
          "call " + operation,
          Codecs.CALL,
          generation -> {
            Request request = Samples.of(operation.request(), generation);
            return new Call(operation, CALLER, request);
          });
    }
    Set<Class<? extends Reply>> replies = new LinkedHashSet<>();
    operations.forEach(operation -> replies.add(operation.reply()));
    for (Class<? extends Reply> reply : replies) {
      addAll(
          samples,
          "reply " + RecordCodec.tagOf(reply),
          Codecs.REPLY,
          generation -> Samples.of(reply, generation));
    }
    for (Topic<?> topic : Catalogue.TOPICS) {
      addAll(
          samples,
          "broadcast " + RecordCodec.tagOf(topic.type()),
          Codecs.BROADCAST,
          generation -> Samples.of(topic.type(), generation));
    }
    samples.add(
        new WireSample<>(
            "exception",
            Codecs.EXCEPTION,
            JovialException.tryAgain("the store does not answer", Duration.ofSeconds(1))));
    return samples;
  }

  /** One sample for each generation in which the record has got fields. */
  private static <T> void addAll(
      List<WireSample<?>> samples,
      String name,
      MessageCodec<T, T> codec,
      IntFunction<? extends T> valueOf) {
    Set<Object> different = new HashSet<>();
    for (int generation : Samples.generations()) {
      T value = valueOf.apply(generation);
      if (different.add(value)) {
        String suffix = generation == 0 ? "" : " (" + generation + ")";
        samples.add(new WireSample<>(name + suffix, codec, value));
      }
    }
  }
}
