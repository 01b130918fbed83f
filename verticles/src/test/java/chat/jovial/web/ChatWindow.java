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
import java.util.concurrent.atomic.AtomicInteger;
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
  private final AtomicInteger connections = new AtomicInteger();

  private ChatWindow(BrowserContext context) {
    this.context = context;
    this.page = context.newPage();
    page.onWebSocket(socket -> connections.incrementAndGet());
    page.onPageError(problems::add);
    page.onConsoleMessage(
        message -> {
          // A server that is away is no fault of the page.
          if (message.type().equals("error")
              && !message.text().contains("WebSocket connection")
              && !message.text().contains("Failed to load resource: net::ERR_")) {
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
            .setPermissions(List.of("clipboard-read", "clipboard-write", "microphone"));
    ChatWindow window = new ChatWindow(chromium.browser().newContext(options));
    window.page.navigate(address);
    return window;
  }

  /** Another tab of the same browser, with what this one shows. */
  ChatWindow anotherTab() {
    ChatWindow tab = new ChatWindow(context);
    tab.page.navigate(page.url());
    return tab;
  }

  /** Closes this tab only. */
  void closeTab() {
    page.close();
  }

  /** How many connections to the server this tab has made. */
  int connections() {
    return connections.get();
  }

  /** What it sends, shows and plays. */
  FilesInWindow files() {
    return new FilesInWindow(page);
  }

  /** What is where in it. */
  ReadingInWindow reading() {
    return new ReadingInWindow(page);
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

  /** It got at least as far as the server's store. */
  void seesStored(String text) {
    seesState(text, "Stored|Delivered|Read");
  }

  void seesRead(String text) {
    seesState(text, "Read");
  }

  void seesSending(String text) {
    seesState(text, "Sending");
  }

  private void seesState(String text, String states) {
    assertThat(message(text).getByText(Pattern.compile("^(.* )?(" + states + ")$"))).hasCount(1);
  }

  void sees(String text, String mark) {
    assertThat(message(text).getByText(mark)).hasCount(1);
  }

  void seesReaction(String text, String emoji) {
    assertThat(
            message(text)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(emoji + ", 1")))
        .isVisible();
  }

  void seesNoMore(String text) {
    assertThat(message(text)).hasCount(0);
  }

  void react(String text, String emoji) {
    openMenu(text);
    page.getByRole(
            AriaRole.MENUITEMCHECKBOX, new Page.GetByRoleOptions().setName("React with " + emoji))
        .click();
  }

  void reply(String text, String answer) {
    choose(text, "Reply");
    write(answer);
  }

  void edit(String text, String changed) {
    choose(text, "Edit");
    write(changed);
  }

  void takeBack(String text) {
    choose(text, "Delete for both");
    page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Really delete")).click();
  }

  private void choose(String text, String what) {
    openMenu(text);
    page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(what)).click();
  }

  private void openMenu(String text) {
    message(text).hover();
    message(text)
        .getByRole(
            AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("What to do with this message"))
        .click();
  }

  /** Follows an answer to what it answers. */
  void jumpFrom(String answer, String to) {
    message(answer)
        .getByRole(
            AriaRole.BUTTON,
            new Locator.GetByRoleOptions().setName(Pattern.compile("^In reply to")))
        .click();
    assertThat(page.locator("message-row[pointed]").filter(containing(to))).isVisible();
  }

  /** Past what is not read yet. */
  void jumpToNewest() {
    page.getByRole(
            AriaRole.BUTTON,
            new Page.GetByRoleOptions().setName(Pattern.compile("^([0-9]+ new|To the newest)$")))
        .click();
  }

  /** Waits until the app would start without a server. */
  void isKeptOffline() {
    page.waitForFunction(
        "async () => {"
            + " const script = document.querySelector('script[type=module]').src;"
            + " return Boolean(await caches.match(script) && await caches.match('/'));"
            + "}");
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
    return page.locator("message-row").filter(containing(text));
  }

  private static Locator.FilterOptions containing(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private static Page.GetByRoleOptions exactly(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }
}
