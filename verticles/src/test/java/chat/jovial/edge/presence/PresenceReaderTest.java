package chat.jovial.edge.presence;

import static chat.jovial.edge.presence.PresenceWorld.ALICE;
import static chat.jovial.edge.presence.PresenceWorld.BOB;
import static chat.jovial.edge.presence.PresenceWorld.LAST_SEEN;
import static chat.jovial.edge.presence.PresenceWorld.MALLORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.contract.JovialException;
import chat.jovial.contract.presence.Presence;
import chat.jovial.contract.ums.PresencePreference;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PresenceReaderTest {
  private final PresenceWorld world = new PresenceWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void only_users_with_a_device_are_online() {
    world.choices.put(BOB, PresencePreference.EVERYONE);
    world.choices.put(MALLORY, PresencePreference.EVERYONE);
    world.online.add(BOB);

    assertThat(read(ALICE, MALLORY, BOB))
        .containsExactly(
            new Presence(MALLORY, false, LAST_SEEN), new Presence(BOB, true, LAST_SEEN));
  }

  @Test
  void who_chose_contacts_is_seen_by_those_with_a_conversation_only() {
    world.choices.put(BOB, PresencePreference.CONTACTS);
    world.online.add(BOB);

    assertThat(read(ALICE, BOB)).containsExactly(Presence.hidden(BOB));
    world.contactsOfAlice.add(BOB);
    assertThat(read(ALICE, BOB)).containsExactly(new Presence(BOB, true, LAST_SEEN));
    assertThat(read(MALLORY, BOB)).containsExactly(Presence.hidden(BOB));
  }

  @Test
  void who_chose_nobody_is_seen_by_themselves_only() {
    world.choices.put(BOB, PresencePreference.NOBODY);
    world.contactsOfAlice.add(BOB);
    world.online.add(BOB);

    assertThat(read(ALICE, BOB)).containsExactly(Presence.hidden(BOB));
    assertThat(read(BOB, BOB)).containsExactly(new Presence(BOB, true, LAST_SEEN));
  }

  @Test
  void a_user_who_does_not_exist_looks_like_one_who_hides() {
    world.online.add("nobody");

    assertThat(read(ALICE, "nobody")).containsExactly(Presence.hidden("nobody"));
    assertThat(read(ALICE)).isEmpty();
  }

  @Test
  void a_failure_is_not_taken_for_offline() {
    world.choices.put(BOB, PresencePreference.EVERYONE);
    world.umsFails = true;

    assertThatThrownBy(() -> read(ALICE, BOB)).isInstanceOf(JovialException.class);
  }

  private List<Presence> read(String who, String... userIds) {
    return world.reader.read(PresenceWorld.identityOf(who), List.of(userIds)).await().users();
  }
}
