/** A finger that stays this long, in milliseconds, presses. */
const LONG_MS = 450;
/** A finger that moves further, in pixels, scrolls. */
const MAX_MOVE = 10;

/**
 * Long press of a finger on an element, which mice and pens do not have: they have hover and a button. The click that may
 * follow the press is swallowed.
 */
export class LongPress {
  #onPress;
  #timer = 0;
  #start = { x: 0, y: 0 };
  #pressed = false;

  /** @param {() => void} onPress */
  constructor(onPress) {
    this.#onPress = onPress;
  }

  /** To be called with each pointer event of the element, and with its `click` and `contextmenu`. */
  handle = (event) => {
    switch (event.type) {
      case 'pointerdown':
        this.#begin(event);
        break;
      case 'pointermove':
        if (Math.hypot(event.clientX - this.#start.x, event.clientY - this.#start.y) > MAX_MOVE)
          clearTimeout(this.#timer);
        break;
      case 'contextmenu':
      case 'click':
        if (this.#pressed) event.preventDefault();
        if (this.#pressed) event.stopPropagation();
        break;
      default:
        clearTimeout(this.#timer);
    }
  };

  #begin({ pointerType, isPrimary, clientX: x, clientY: y }) {
    clearTimeout(this.#timer);
    this.#pressed = false;
    if (pointerType !== 'touch' || !isPrimary) return;
    this.#start = { x, y };
    this.#timer = setTimeout(() => {
      this.#pressed = true;
      this.#onPress();
    }, LONG_MS);
  }
}

/** Events that a long press needs to see. */
export const PRESS_EVENTS = ['pointerdown', 'pointermove', 'pointerup', 'pointercancel', 'contextmenu', 'click'];
