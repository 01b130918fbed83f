package chat.jovial.web;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.stores.StoresExtension;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two real browser windows on a whole server with its stores. */
class WebAppIT {
  @RegisterExtension static final StoresExtension STORES = new StoresExtension();

  /** Covers a restart of the server and the longest pause between two attempts to reconnect. */
  private static final double PATIENCE_MS = 45_000;

  private static final String PASSWORD = "correct horse battery";

  /** More than two pages of history. */
  private static final int LONG_CONVERSATION = 110;

  @TempDir static Path folder;

  private static RunningServer server;
  private static Chromium chromium;

  private ChatWindow ada;
  private ChatWindow grace;

  @BeforeAll
  static void start() {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    chromium = Chromium.start();
    server = RunningServer.start(STORES, folder);
  }

  @AfterAll
  static void stop() {
    chromium.close();
    server.stop();
  }

  @BeforeEach
  void two_people_register_in_a_new_app() {
    ada = ChatWindow.open(chromium, server.address());
    ada.screenshot("welcome-light", 1280, 800, ColorScheme.LIGHT);
    ada.createApp("Team Jupiter");
    ada.keepSecret();
    ada.register("ada", PASSWORD);
    ada.seesNotice("It takes two to chat");
    grace = ChatWindow.open(chromium, ada.copyInvitation());
    grace.register("grace", PASSWORD);
    grace.seesNotice("It takes two to chat");
  }

  @AfterEach
  void no_window_complains() {
    List<String> problems = List.copyOf(ada.problems());
    List<String> otherProblems = List.copyOf(grace.problems());
    ada.close();
    grace.close();
    assertThat(problems).isEmpty();
    assertThat(otherProblems).isEmpty();
  }

  @Test
  void two_people_find_each_other_and_chat_in_both_directions() {
    ada.find("gra", "grace");
    ada.write("Hello Grace! Have you looked up tonight?");
    ada.seesStored("Hello Grace!");
    grace.seesUnread("ada");
    grace.choose("ada");
    grace.sees("Hello Grace!");
    grace.write("Not yet. What is there to see?");
    ada.sees("What is there to see?");
    ada.write("Jupiter, brighter than any star, with all four moons in a row.");
    ada.write("This tells where to look: https://example.org/sky/tonight?planet=jupiter");
    grace.sees("This tells where to look");
    grace.write("😍");
    grace.write("I am fetching the binoculars. Meet you on the roof in ten minutes?");
    ada.sees("Meet you on the roof");
    ada.seesStored("This tells where to look");
    ada.screenshot("chat-light", 1280, 800, ColorScheme.LIGHT);
    ada.screenshot("chat-dark", 1280, 800, ColorScheme.DARK);
    grace.screenshot("chat-phone", 390, 844, ColorScheme.LIGHT);

    for (int i = 0; i < 20; i++) {
      ada.write("from ada " + i + ".");
      grace.write("from grace " + i + ".");
    }
    ada.sees("from grace 19.");
    grace.sees("from ada 19.");
    ada.seesStored("from ada 19.");
    grace.seesStored("from grace 19.");
    assertThat(ada.texts()).hasSize(46).isEqualTo(grace.texts()).doesNotHaveDuplicates();
  }

  @Test
  void a_long_conversation_opens_at_the_first_unread_and_loads_as_one_scrolls() {
    ada.find("grace", "grace");
    IntStream.rangeClosed(1, LONG_CONVERSATION / 2).forEach(i -> ada.write("line " + i + "."));
    ada.seesStored("line " + LONG_CONVERSATION / 2 + ".");
    IntStream.rangeClosed(LONG_CONVERSATION / 2 + 1, LONG_CONVERSATION)
        .forEach(i -> ada.write("line " + i + "."));
    ada.seesStored("line " + LONG_CONVERSATION + ".");

    grace.reload();
    grace.choose("ada");
    grace.sees("line 1.");
    grace.seesNoMore("line " + LONG_CONVERSATION + ".");
    grace.jumpToNewest();
    grace.sees("line " + LONG_CONVERSATION + ".");
    assertThat(grace.texts()).hasSizeLessThan(LONG_CONVERSATION);
    grace.scrollToBeginning();
    assertThat(grace.texts())
        .isEqualTo(
            IntStream.rangeClosed(1, LONG_CONVERSATION).mapToObj(i -> "line " + i + ".").toList());
  }

  @Test
  void what_was_written_while_the_server_was_down_is_sent_when_it_is_back() {
    ada.find("grace", "grace");
    ada.write("before the restart");
    ada.seesStored("before the restart");
    grace.find("ada", "ada");
    grace.sees("before the restart");
    ada.isKeptOffline();

    server.stop();
    ada.seesNotice("No connection to the server.");
    ada.write("while it was away");
    ada.seesSending("while it was away");
    ada.screenshot("offline-light", 1280, 800, ColorScheme.LIGHT);
    ada.reload();
    ada.sees("before the restart");
    ada.seesSending("while it was away");
    server.startAgain();

    ada.seesStored("while it was away");
    grace.sees("while it was away");
    grace.write("welcome back");
    ada.sees("welcome back");
    ada.reload();
    ada.sees("welcome back");
    assertThat(ada.texts())
        .containsExactly("before the restart", "while it was away", "welcome back");
  }

  @Test
  void messages_are_read_answered_changed_reacted_to_and_taken_back() {
    ada.find("grace", "grace");
    ada.write("Shall we meet at the dome?");
    grace.choose("ada");
    grace.sees("Shall we meet at the dome?");
    ada.seesRead("Shall we meet at the dome?");

    grace.react("Shall we meet at the dome?", "👍");
    ada.seesReaction("Shall we meet at the dome?", "👍");
    grace.reply("Shall we meet at the dome?", "Gladly, at nine?");
    ada.jumpFrom("Gladly, at nine?", "Shall we meet at the dome?");
    ada.write("Nine it si.");
    ada.edit("Nine it si.", "Nine it is.");
    grace.sees("Nine it is.", "edited");
    ada.screenshot("changes-light", 1280, 800, ColorScheme.LIGHT);
    grace.screenshot("changes-phone-dark", 390, 844, ColorScheme.DARK);

    ada.takeBack("Nine it is.");
    grace.seesNoMore("Nine it is.");
    grace.sees("This message was deleted");
    grace.reload();
    grace.sees("Gladly, at nine?");
    grace.seesNoMore("Nine it is.");
    grace.seesReaction("Shall we meet at the dome?", "👍");
  }

  @Test
  void two_tabs_share_one_connection_and_one_takes_over_from_the_other() {
    ada.find("grace", "grace");
    ada.write("from the first tab");
    grace.find("ada", "ada");
    ChatWindow second = ada.anotherTab();
    second.sees("from the first tab");
    second.write("from the second tab");
    ada.seesStored("from the second tab");
    grace.sees("from the second tab");
    assertThat(ada.connections()).isEqualTo(1);
    assertThat(second.connections()).isZero();

    ada.closeTab();
    second.write("after the first was closed");
    grace.sees("after the first was closed");
    grace.write("still there?");
    second.sees("still there?");
    assertThat(second.connections()).isEqualTo(1);
    assertThat(second.texts()).hasSize(4).isEqualTo(grace.texts());
    assertThat(second.problems()).isEmpty();
  }

  @Test
  void logging_out_and_in_again_brings_everything_back() {
    ada.find("grace", "grace");
    ada.write("remember this");
    ada.seesStored("remember this");
    ada.logOut();
    ada.screenshot("log-in-light", 1280, 800, ColorScheme.LIGHT);
    ada.logIn("ada", PASSWORD);
    ada.choose("grace");
    ada.sees("remember this");
  }

  @Test
  void a_device_that_is_logged_out_from_another_says_so() {
    try (ChatWindow other = ChatWindow.open(chromium, ada.copyInvitation())) {
      other.logIn("ada", "not the password");
      other.seesNotice("do not match");
      other.logIn("ada", PASSWORD);
      other.seesNotice("It takes two to chat");
      ada.logOutOtherDevice();
      other.seesNotice("Your session has ended");
    }
  }

  @Test
  void a_taken_username_is_explained_beside_its_field() {
    try (ChatWindow other = ChatWindow.open(chromium, ada.copyInvitation())) {
      other.register("ADA", PASSWORD);
      other.seesProblemOf("Username");
      other.screenshot("register-taken", 390, 844, ColorScheme.DARK);
    }
  }
}
