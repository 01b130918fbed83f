package chat.jovial.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The web app in a window of a browser of its own, as a person uses it: by what can be read, never
 * by how it is built. Every step waits until it shows its effect.
 */
final class ChatWindow implements AutoCloseable {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final int MAX_SCROLLS = 40;

  private final BrowserContext context;
  private final Page page;
  private final List<String> problems = new ArrayList<>();

  private ChatWindow(BrowserContext context) {
    this.context = context;
    this.page = context.newPage();
    page.onPageError(problems::add);
    page.onConsoleMessage(
        message -> {
          // A server that is away is no fault of the page.
          if (message.type().equals("error") && !message.text().contains("WebSocket connection")) {
            problems.add(message.text());
          }
        });
  }

  static ChatWindow open(Chromium chromium, String address) {
    Browser.NewContextOptions options =
        new Browser.NewContextOptions()
            .setViewportSize(1280, 800)
            .setLocale("en-GB")
            .setReducedMotion(ReducedMotion.REDUCE)
            .setPermissions(List.of("clipboard-read", "clipboard-write"));
    ChatWindow window = new ChatWindow(chromium.browser().newContext(options));
    window.page.navigate(address);
    return window;
  }

  void createApp(String name) {
    page.getByLabel("Name of the app").fill(name);
    button("Create the app").click();
    assertThat(page.getByText("shown only now")).isVisible();
  }

  void keepSecret() {
    button("I have kept it, go on").click();
  }

  void register(String username, String password) {
    button("I am new").click();
    page.getByLabel("Username").fill(username);
    page.getByLabel("Password").fill(password);
    button("Register and start").click();
  }

  void logIn(String username, String password) {
    button("I have an account").click();
    page.getByLabel("Username").fill(username);
    page.getByLabel("Password").fill(password);
    page.getByRole(AriaRole.BUTTON, exactly("Log in")).click();
  }

  void logOut() {
    openAccount();
    page.getByRole(AriaRole.BUTTON, exactly("Log out")).click();
    assertThat(button("I have an account")).isVisible();
  }

  /** Ends the only other device of the account. */
  void logOutOtherDevice() {
    openAccount();
    page.getByRole(
            AriaRole.BUTTON,
            new Page.GetByRoleOptions().setName(Pattern.compile("^Log out .*Last seen")))
        .click();
    page.keyboard().press("Escape");
  }

  /** The link in the clipboard after the button for it. */
  String copyInvitation() {
    page.bringToFront();
    button("Copy invitation link").first().click();
    assertThat(page.getByText("Copied").first()).isVisible();
    return (String) page.evaluate("() => navigator.clipboard.readText()");
  }

  /** Finds a person by the beginning of the username and opens the conversation. */
  void find(String query, String name) {
    page.getByLabel("Find people by username").fill(query);
    assertThat(page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(name)))
        .isVisible();
    page.keyboard().press("Enter");
    assertThat(composer()).isVisible();
  }

  /** Opens a conversation in the list, which may tell of unread messages. */
  void choose(String name) {
    page.getByRole(
            AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^" + name)))
        .click();
    assertThat(composer()).isVisible();
  }

  void write(String text) {
    composer().fill(text);
    page.keyboard().press("Enter");
  }

  /** There is such a message in the conversation, once. */
  void sees(String text) {
    assertThat(message(text)).hasCount(1);
  }

  void seesStored(String text) {
    assertThat(message(text).getByText("Stored")).hasCount(1);
  }

  void seesSending(String text) {
    assertThat(message(text).getByText("Sending")).hasCount(1);
  }

  void seesNotice(String text) {
    assertThat(page.getByText(text).first()).isVisible();
  }

  /** The field is marked as wrong, and its description says why. */
  void seesProblemOf(String label) {
    assertThat(page.getByLabel(label)).hasAttribute("aria-invalid", "true");
    assertThat(page.getByLabel(label)).hasAccessibleDescription(Pattern.compile("taken"));
  }

  void seesUnread(String name) {
    assertThat(
            page.getByRole(
                AriaRole.BUTTON,
                new Page.GetByRoleOptions().setName(Pattern.compile("^" + name + ".*unread"))))
        .isVisible();
  }

  /** The texts of the messages, as loaded, top to bottom. */
  List<String> texts() {
    return page.locator("message-row .bubble").allTextContents();
  }

  /** Scrolls up until there is nothing older. */
  void scrollToBeginning() {
    Locator beginning = page.getByText("The beginning of your conversation");
    Locator rows = page.locator("message-row");
    for (int i = 0; i < MAX_SCROLLS && !beginning.isVisible(); i++) {
      int before = rows.count();
      page.locator("message-log .scroller").evaluate("scroller => scroller.scrollTop = 0");
      page.waitForCondition(() -> rows.count() > before || beginning.isVisible());
    }
    assertThat(beginning).isVisible();
  }

  void reload() {
    page.reload();
  }

  void screenshot(String name, int width, int height, ColorScheme scheme) {
    page.setViewportSize(width, height);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    page.setViewportSize(1280, 800);
  }

  /** What the browser complained of, a breach of the Content-Security-Policy for one. */
  List<String> problems() {
    return problems;
  }

  @Override
  public void close() {
    context.close();
  }

  private void openAccount() {
    page.getByRole(
            AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Your account")))
        .click();
  }

  private Locator composer() {
    return page.getByLabel("Message to");
  }

  private Locator message(String text) {
    return page.locator("message-row").filter(new Locator.FilterOptions().setHasText(text));
  }

  private Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private static Page.GetByRoleOptions exactly(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }
}
