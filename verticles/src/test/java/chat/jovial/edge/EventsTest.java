package chat.jovial.edge;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.Ids;
import chat.jovial.contract.mds.Push;
import chat.jovial.contract.mds.Receipt;
import chat.jovial.contract.mds.ReceiptEvent;
import chat.jovial.contract.mds.TypingEvent;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Events that are no entries, on their way to inboxes. */
class EventsTest {
  private static final String ALICE = Ids.text(UUID.randomUUID());
  private static final String BOB = Ids.text(UUID.randomUUID());

  private final EdgeFixture fixture = new EdgeFixture(Map.of());

  @AfterEach
  void stop() {
    fixture.close();
  }

  @ParameterizedTest
  @EnumSource
  void an_event_goes_to_the_inboxes_of_those_named_and_to_no_other(TransportKind kind) {
    try (TestClient alice = fixture.logIn(kind, ALICE, "a");
        TestClient bob = fixture.logIn(kind, BOB, "b")) {
      alice.request("no.such.operation", new JsonObject());
      bob.request("no.such.operation", new JsonObject());
      fixture.services.publish(
          Push.ofEvent(List.of(BOB), TypingEvent.of("conversation", ALICE, true), null));
      fixture.services.publish(
          Push.ofEvent(
              List.of(ALICE, BOB), ReceiptEvent.of("conversation", new Receipt(BOB, 7, 5)), null));

      JsonObject receipt =
          new JsonObject()
              .put("event", "receipt")
              .put("conversation_id", "conversation")
              .put("user_id", BOB)
              .put("delivered_upto", 7)
              .put("read_upto", 5);
      assertThat(alice.next("inbox").getJsonObject("body")).isEqualTo(receipt);
      assertThat(bob.next("inbox").getJsonObject("body"))
          .isEqualTo(
              new JsonObject()
                  .put("event", "typing")
                  .put("conversation_id", "conversation")
                  .put("user_id", ALICE)
                  .put("typing", true));
      assertThat(bob.next("inbox").getJsonObject("body")).isEqualTo(receipt);
    }
  }
}
