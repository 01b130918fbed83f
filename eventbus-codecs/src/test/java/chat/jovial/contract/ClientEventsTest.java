package chat.jovial.contract;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Receipt;
import chat.jovial.contract.mds.ReceiptEvent;
import chat.jovial.contract.mds.TypingEvent;
import chat.jovial.contract.presence.Presence;
import chat.jovial.contract.presence.PresenceEvent;
import chat.jovial.contract.session.SessionEvent;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientEventsTest {
  private static final List<ClientEvent> ONE_OF_EACH =
      List.of(
          ReceiptEvent.of("conversation", new Receipt("bob", 7, 5)),
          TypingEvent.of("conversation", "bob", true),
          PresenceEvent.of(new Presence("bob", true, null)),
          SessionEvent.reconnect("the server is going away"));

  @Test
  void each_event_is_listed_under_the_name_that_it_is_sent_with() throws IOException {
    for (ClientEvent event : ONE_OF_EACH) {
      JsonNode sent = Json.MAPPER.readTree(Json.write(event));
      assertThat(ClientEvents.ALL)
          .filteredOn(type -> type.fields() == event.getClass())
          .extracting(ClientEventType::name)
          .containsExactly(sent.get("event").textValue());
    }
    assertThat(ClientEvents.ALL)
        .filteredOn(type -> type.fields() != Entry.class)
        .hasSameSizeAs(ONE_OF_EACH);
  }

  @Test
  void the_event_of_a_session_has_the_fields_that_clients_know() throws IOException {
    assertThat(Json.MAPPER.readTree(Json.write(SessionEvent.ended("logged out"))))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"event": "session", "status": "ended", "reason": "logged out"}
                """));
  }
}
