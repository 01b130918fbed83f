package chat.jovial.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** Files in a window of the web app, as a person meets them. */
final class FilesInWindow {
  private static final Pattern TUS = Pattern.compile(".*/files/tus.*");
  private static final Pattern WHOLE_FILE = Pattern.compile(".*/files/[^/?]+[?]token=.*");

  private final Page page;
  private final List<String> requests = new ArrayList<>();

  FilesInWindow(Page page) {
    this.page = page;
    page.onRequest(this::note);
  }

  private void note(Request request) {
    if (TUS.matcher(request.url()).matches()) {
      requests.add(request.method());
    }
  }

  /** The requests about uploads that the page has made with this method. */
  long requests(String method) {
    return requests.stream().filter(method::equals).count();
  }

  /** The server says that it takes no larger files. */
  void limit(int bytes) {
    page.route(
        TUS,
        route -> {
          Map<String, String> headers = Map.of("Tus-Max-Size", Integer.toString(bytes));
          route.fulfill(new Route.FulfillOptions().setStatus(204).setHeaders(headers));
        });
  }

  void choose(Path... files) {
    page.locator("message-composer input[type=file]").setInputFiles(files);
  }

  void choose(FilePayload... files) {
    page.locator("message-composer input[type=file]").setInputFiles(files);
  }

  /** Drags a file over the conversation, which shows where to drop it, and drops it. */
  void drop(String name, String type, byte[] bytes) {
    JSHandle data = carrying(name, type, bytes);
    Locator view = page.locator("conversation-view");
    view.dispatchEvent("dragenter", Map.of("dataTransfer", data));
    assertThat(page.getByText("Drop files for")).isVisible();
    view.dispatchEvent("drop", Map.of("dataTransfer", data));
    assertThat(page.getByText("Drop files for")).isHidden();
  }

  void paste(String name, String type, byte[] bytes) {
    page.getByLabel("Message to")
        .evaluate(
            "(field, data) => field.dispatchEvent(new ClipboardEvent('paste',"
                + " { clipboardData: data, bubbles: true, cancelable: true }))",
            carrying(name, type, bytes));
  }

  private JSHandle carrying(String name, String type, byte[] bytes) {
    return page.evaluateHandle(
        "([name, type, base64]) => { const data = new DataTransfer();"
            + " const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));"
            + " data.items.add(new File([bytes], name, { type })); return data; }",
        List.of(name, type, Base64.getEncoder().encodeToString(bytes)));
  }

  void seesChip(String name) {
    assertThat(button("Do not send " + name)).isVisible();
  }

  void removeChip(String name) {
    button("Do not send " + name).click();
    assertThat(button("Do not send " + name)).isHidden();
  }

  /** The picture is there, and not only its place. */
  void seesPicture(String name) {
    Locator picture = button("Look at the picture " + name).locator("img");
    assertThat(picture).isVisible();
    await(() -> (Boolean) picture.evaluate("img => img.complete && img.naturalWidth > 0"));
  }

  void open(String name) {
    button("Look at the picture " + name).click();
  }

  void lookAt(String name) {
    open(name);
    seesLarge(name);
  }

  void seesLarge(String name) {
    Locator viewer = page.locator("media-viewer");
    assertThat(viewer.getByRole(AriaRole.HEADING)).hasText(name);
    Locator picture = viewer.locator("img");
    await(() -> (Boolean) picture.evaluate("img => img.complete && img.naturalWidth > 0"));
  }

  void seesNothingLarge() {
    assertThat(page.getByText("This picture cannot be shown now.")).isVisible();
  }

  /** The next requests for whole files, not for thumbnails, lead to nothing. */
  void failNext(int count) {
    page.route(WHOLE_FILE, Route::abort, new Page.RouteOptions().setTimes(count));
  }

  void press(String key) {
    page.keyboard().press(key);
  }

  /** Saves a file from its card. */
  byte[] save(String name) {
    Download download =
        page.waitForDownload(
            () ->
                page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions()
                            .setName(Pattern.compile("^Save " + name.replace(".", "[.]"))))
                    .click());
    try {
      return Files.readAllBytes(download.path());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitSent(double share) {
    Locator bar = page.getByRole(AriaRole.PROGRESSBAR);
    await(() -> ((Number) bar.evaluate("bar => bar.value / bar.max")).doubleValue() >= share);
  }

  void seesUpload(String word) {
    assertThat(page.locator("upload-progress").first()).containsText(word);
  }

  void seesNoUpload() {
    assertThat(page.locator("upload-progress p")).hasCount(0);
  }

  void click(String name) {
    button(name).click();
  }

  void record(int seconds) {
    button("Record a voice note").click();
    assertThat(page.getByRole(AriaRole.TIMER)).hasText(Pattern.compile("0:0[" + seconds + "-9]"));
    button("Send the voice note").click();
  }

  /** Plays the voice note, and comes to its end. */
  void playsVoice() {
    button("Play the voice note").click();
    assertThat(button("Pause the voice note")).isVisible();
    assertThat(button("Play the voice note")).isVisible();
  }

  /** Moves a player to a place in the file, in seconds, and waits until it plays there. */
  List<String> seek(String label, double seconds) {
    List<String> ranges = new ArrayList<>();
    page.onRequest(
        request -> {
          if (request.headers().containsKey("range")) {
            ranges.add(request.headers().get("range"));
          }
        });
    Locator player = page.getByLabel(label);
    await(() -> (Boolean) player.evaluate("media => media.readyState >= 1"));
    player.evaluate("(media, at) => { media.muted = true; media.currentTime = at; }", seconds);
    player.evaluate("media => media.play()");
    await(
        () ->
            ((Number) player.evaluate("media => media.currentTime")).doubleValue() > seconds + 0.2);
    return ranges;
  }

  private void await(BooleanSupplier condition) {
    page.waitForCondition(
        condition, new Page.WaitForConditionOptions().setTimeout(WebAppFilesIT.PATIENCE_MS));
  }

  private Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }
}
