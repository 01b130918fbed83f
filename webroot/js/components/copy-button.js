import { LitElement, html } from 'lit';
import { base, buttons } from './styles.js';
import { icons } from './icons.js';

const DONE_MS = 2_000;

/** On plain http, where browsers keep the clipboard from pages, copies through a selection. */
function copyBySelection(text) {
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  return copied;
}

/** Puts a text into the clipboard; resolves with whether it is there. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** Button that copies `text` and says so. */
export class CopyButton extends LitElement {
  static properties = {
    text: {},
    label: {},
    primary: { type: Boolean },
    state: { state: true },
  };

  static styles = [base, buttons];

  constructor() {
    super();
    this.state = '';
  }

  render() {
    const label = { done: 'Copied', failed: 'Could not copy' }[this.state] ?? this.label ?? 'Copy';
    return html`<button type="button" class=${this.primary ? 'primary' : 'small'} @click=${this.#copy}>
        ${this.state === 'done' ? icons.check : icons.copy} ${label}
      </button>
      <span class="sr-only" role="status">${this.state ? label : ''}</span>`;
  }

  async #copy() {
    this.state = (await copyText(this.text)) ? 'done' : 'failed';
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.state = ''), DONE_MS);
  }
}
customElements.define('copy-button', CopyButton);
