/** Readers look so far below the top of the view, in pixels: what is above may be cut off or under something. */
const READING_LINE = 80;
/** A row counts as seen when its end is at most so far below the view, in pixels. */
const SLACK = 4;

/**
 * Position of a reader in a scrolled list: keeps the row that is read in its place, whatever changes above or below it, and
 * knows which rows can be seen.
 */
export class ReadingPosition {
  #scroller;
  #rows;
  /** @type {{row: Element, top: number} | null} */
  #anchor = null;

  /**
   * @param {HTMLElement} scroller
   * @param {() => Element[]} rows in order, top to bottom
   */
  constructor(scroller, rows) {
    this.#scroller = scroller;
    this.#rows = rows;
  }

  /** Notes what is read now: the first row that begins below the reading line, or the last that is seen at all. */
  remember() {
    const view = this.#scroller.getBoundingClientRect();
    let anchor = null;
    for (const row of this.#rows()) {
      const { top, bottom } = row.getBoundingClientRect();
      if (bottom <= view.top) continue;
      if (top >= view.bottom) break;
      anchor = { row, top: top - view.top };
      if (top >= view.top + READING_LINE) break;
    }
    this.#anchor = anchor;
  }

  /** Puts what was read back into its place. */
  restore() {
    const { row, top } = this.#anchor ?? {};
    if (!row?.isConnected) return;
    const moved = this.#topOf(row) - top;
    if (Math.abs(moved) >= 1) this.#scroller.scrollTop += moved;
  }

  /** @param {Element} row */
  #topOf(row) {
    return row.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top;
  }

  /** How far it is from here to the end, in pixels. */
  get left() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight;
  }

  /**
   * Scrolls to the end, but not past a row that is to be read first; false when it stopped there.
   * @param {Element | undefined} first
   */
  toEnd(first) {
    const scroller = this.#scroller;
    const end = scroller.scrollHeight - scroller.clientHeight;
    const limit = first ? scroller.scrollTop + this.#topOf(first) : Infinity;
    scroller.scrollTop = Math.min(end, limit);
    return limit >= end;
  }

  /**
   * Whether a row begins below what can be seen.
   * @param {Element} row
   */
  isBelow(row) {
    return row.getBoundingClientRect().top >= this.#scroller.getBoundingClientRect().bottom - SLACK;
  }

  /** The last row that was seen to its end, or that fills the view. */
  lastSeen() {
    const view = this.#scroller.getBoundingClientRect();
    return this.#rows().findLast((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      const fills = top <= view.top + view.height / 2 && bottom - top > view.height / 2;
      return (bottom <= view.bottom + SLACK || fills) && bottom > view.top;
    });
  }
}
