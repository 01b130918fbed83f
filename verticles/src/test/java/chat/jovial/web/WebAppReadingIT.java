package chat.jovial.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import chat.jovial.stores.StoresExtension;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What one reads and writes stays where it is, in real browser windows on a whole server. */
class WebAppReadingIT {
  @RegisterExtension static final StoresExtension STORES = new StoresExtension();

  private static final double PATIENCE_MS = 45_000;
  private static final String PASSWORD = "correct horse battery";

  /** What a first visit may load, compressed: bytes, and requests. */
  private static final int MAX_BYTES = 120_000;

  private static final int MAX_REQUESTS = 12;

  /** A busy machine's; a connection that is dead is found after 35 seconds at the earliest. */
  private static final double OFFLINE_KNOWN_MS = 10_000;

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
  void two_people_chat() {
    ada = ChatWindow.open(chromium, server.address());
    ada.createApp("Team Jupiter");
    ada.keepSecret();
    ada.register("ada", PASSWORD);
    ada.seesNotice("It takes two to chat");
    grace = ChatWindow.open(chromium, ada.copyInvitation());
    grace.register("grace", PASSWORD);
    grace.seesNotice("It takes two to chat");
    ada.find("grace", "grace");
  }

  @AfterEach
  void no_window_complains() {
    List<String> problems = new ArrayList<>(ada.problems());
    problems.addAll(grace.problems());
    ada.close();
    grace.close();
    assertThat(problems).isEmpty();
  }

  @Test
  void what_is_written_stays_in_its_conversation_over_reloads_and_in_other_tabs() {
    ada.write("Nine it si.");
    ada.seesStored("Nine it si.");
    ada.reading().press("ArrowUp");
    ada.reading().seesTyped("Nine it si.");
    ada.reading().type("Nine it is.");

    ada.find("ada", "ada");
    ada.reading().seesTyped("");
    ada.reading().type("a note to myself");
    ada.choose("grace");
    ada.reading().seesTyped("Nine it is.");
    ada.reload();
    ada.reading().seesTyped("Nine it is.");

    ChatWindow tab = ada.anotherTab();
    tab.reading().seesTyped("Nine it is.");
    tab.reading().press("Enter");
    ada.reading().seesTyped("");
    ada.sees("Nine it is.", "edited");
    tab.closeTab();
  }

  @Test
  void keys_of_an_input_method_neither_send_nor_cancel() {
    ada.write("an old one");
    ada.seesStored("an old one");
    ada.reading().type("にほn");
    ada.reading().pressInInputMethod("Enter");
    ada.reading().seesTyped("にほn");
    ada.reading().type("");
    ada.reading().press("ArrowUp");
    ada.reading().type("a new one");
    ada.reading().pressInInputMethod("Escape");
    ada.reading().seesTyped("a new one");
    assertThat(ada.texts()).containsExactly("an old one");
  }

  @Test
  void nothing_is_wider_than_a_phone_and_the_menu_comes_from_below() {
    String marks = "\u0300\u0316".repeat(60);
    List<String> texts =
        List.of(
            "m".repeat(600),
            "https://example.com/" + "a".repeat(600),
            "░".repeat(300),
            "a\u00a0".repeat(200),
            "H" + marks + "E" + marks,
            "short");
    texts.forEach(ada::write);
    ada.seesStored("short");
    ada.reply("short", "answer");
    ada.reading().resize(360, 700);
    assertThat(ada.reading().tooWide()).isEmpty();
    ada.reading().pressLong("answer");
    ada.reading().seesSheet();
    ada.screenshot("sheet-phone-dark", 360, 700, ColorScheme.DARK);
  }

  @Test
  void what_one_reads_stays_where_it_is() {
    IntStream.rangeClosed(1, 60).forEach(i -> ada.write("line " + i + "."));
    ada.seesStored("line 60.");
    grace.choose("ada");
    grace.sees("line 1.");
    grace.jumpToNewest();
    grace.sees("line 60.");
    grace.reading().scrollUp(700);
    String read = grace.reading().messageInView().textContent();
    double top = grace.reading().topOf(read);

    ada.write("a new one below");
    grace.seesNotice("1 new");
    assertThat(grace.reading().topOf(read)).isCloseTo(top, within(2.0));
    ada.react("line 25.", "👍");
    grace.seesReaction("line 25.", "👍");
    assertThat(grace.reading().topOf(read)).isCloseTo(top, within(2.0));
  }

  @Test
  void being_offline_is_told_at_once() {
    ada.reading().setOffline(true);
    ada.reading().seesWithin(OFFLINE_KNOWN_MS, "You are offline.");
    ada.reading().setOffline(false);
  }

  @Test
  void a_first_visit_is_light() {
    List<Response> responses = new ArrayList<>();
    try (BrowserContext context = chromium.browser().newContext()) {
      Page page = context.newPage();
      page.onResponse(responses::add);
      page.navigate(server.address());
      PlaywrightAssertions.assertThat(page.getByLabel("Name of the app")).isVisible();
      long bytes =
          List.copyOf(responses).stream()
              .mapToLong(
                  response -> {
                    var sizes = response.request().sizes();
                    return sizes.responseBodySize + sizes.responseHeadersSize;
                  })
              .sum();
      assertThat(bytes).isLessThan(MAX_BYTES);
      assertThat(responses).hasSizeLessThan(MAX_REQUESTS);
    }
  }
}
