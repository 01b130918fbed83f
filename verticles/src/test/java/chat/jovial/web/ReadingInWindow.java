package chat.jovial.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;

/** Reading and writing in a window of the web app, where it matters what is where on the screen. */
final class ReadingInWindow {
  /** Elements that reach beyond the right edge of the screen, or make something scroll sideways. */
  private static final String TOO_WIDE =
      """
      () => {
        const found = [];
        const limit = document.documentElement.clientWidth;
        const walk = (root) => {
          for (const element of root.querySelectorAll('*')) {
            const { width, right } = element.getBoundingClientRect();
            const { overflowX, position } = getComputedStyle(element);
            const scrolls = ['auto', 'scroll'].includes(overflowX) && element.clientWidth;
            const isWide = width && right > limit + 1 && position !== 'absolute';
            const isScrolled = scrolls && element.scrollWidth > element.clientWidth + 1;
            if (isWide || isScrolled) found.push(`${element.localName}.${element.className}`);
            if (element.shadowRoot) walk(element.shadowRoot);
          }
        };
        walk(document);
        return found;
      }
      """;

  private static final String KEY_OF_INPUT_METHOD =
      """
      (area, key) => area.dispatchEvent(Object.defineProperty(
        new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }),
        'keyCode', { value: 229 }))
      """;

  private final Page page;

  ReadingInWindow(Page page) {
    this.page = page;
  }

  void type(String text) {
    composer().fill(text);
  }

  void seesTyped(String text) {
    assertThat(composer()).hasValue(text);
  }

  void press(String key) {
    composer().press(key);
  }

  /** As Safari reports the key that ends a conversion. */
  void pressInInputMethod(String key) {
    composer().evaluate(KEY_OF_INPUT_METHOD, key);
  }

  void resize(int width, int height) {
    page.setViewportSize(width, height);
  }

  @SuppressWarnings("unchecked")
  List<String> tooWide() {
    return (List<String>) page.evaluate(TOO_WIDE);
  }

  void scrollUp(int pixels) {
    scroller().evaluate("(scroller, pixels) => { scroller.scrollTop -= pixels; }", pixels);
  }

  /** The first message that begins well within the view. */
  Locator messageInView() {
    int index =
        (Integer)
            scroller()
                .evaluate(
                    "scroller => [...scroller.querySelectorAll('message-row')].findIndex(row =>"
                        + " row.getBoundingClientRect().top"
                        + " >= scroller.getBoundingClientRect().top + 100)");
    return page.locator("message-row").nth(index).locator(".bubble");
  }

  double topOf(String text) {
    return page.locator("message-row")
        .filter(new Locator.FilterOptions().setHasText(text))
        .boundingBox()
        .y;
  }

  /** Presses a message with a finger until its menu opens. */
  void pressLong(String text) {
    Locator bubble =
        page.locator("message-row")
            .filter(new Locator.FilterOptions().setHasText(text))
            .locator(".bubble");
    bubble.dispatchEvent("pointerdown", touch());
    assertThat(page.getByRole(AriaRole.MENUITEM).first()).isVisible();
    bubble.dispatchEvent("pointerup", touch());
  }

  private static Map<String, Object> touch() {
    return Map.of("pointerType", "touch", "isPrimary", true, "clientX", 20, "clientY", 20);
  }

  /** The menu is within the screen, at its lower edge. */
  void seesSheet() {
    Locator menu = page.getByRole(AriaRole.MENU);
    assertThat(menu).isInViewport();
    double bottom = menu.boundingBox().y + menu.boundingBox().height;
    Assertions.assertThat(bottom).isEqualTo(page.viewportSize().height);
  }

  void setOffline(boolean offline) {
    page.context().setOffline(offline);
  }

  void seesWithin(double millis, String text) {
    assertThat(page.getByText(text).first())
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(millis));
  }

  private Locator composer() {
    return page.getByLabel("Message to");
  }

  private Locator scroller() {
    return page.locator("message-log .scroller");
  }
}
