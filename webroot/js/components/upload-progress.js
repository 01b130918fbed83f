import { LitElement, html, css, nothing } from 'lit';
import { base, buttons } from './styles.js';
import { StoreController } from './store-controller.js';
import { icons } from './icons.js';
import { shownFileName } from '../text/shown.js';
import { sizeText } from '../text/sizes.js';

const WORDS = { waiting: 'Waiting', uploading: 'Sending', paused: 'Paused' };

/** Progress of a file on its way up, and the buttons that stop it. Event: `cancel`. */
export class UploadProgress extends LitElement {
  static properties = {
    files: { attribute: false },
    message: { attribute: false },
  };

  static styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto auto;
        align-items: center;
        gap: 0 var(--gap-1);
        width: 100%;
        min-width: min(15rem, 60vw);
        padding: 0.15rem 0.2rem 0 0.5rem;
        white-space: normal;
      }

      progress {
        grid-area: 1 / 1;
        align-self: end;
        width: 100%;
        height: 0.35rem;
        border: 0;
        border-radius: var(--round-full);
        background: rgb(127 127 127 / 0.28);
        color: inherit;
        overflow: hidden;
        appearance: none;
      }

      progress::-webkit-progress-bar {
        background: transparent;
      }

      progress::-webkit-progress-value {
        border-radius: var(--round-full);
        background: currentColor;
        transition: width var(--quick);
      }

      progress::-moz-progress-bar {
        border-radius: var(--round-full);
        background: currentColor;
      }

      p {
        grid-area: 2 / 1;
        font-size: 0.75rem;
        font-variant-numeric: tabular-nums;
      }

      button {
        grid-area: 1 / 2 / span 2 / auto;
        width: 2.25rem;
        min-height: 2.25rem;
        color: inherit;
      }

      #cancel {
        grid-column: 3;
      }
    `,
  ];

  #stores = new StoreController(this);

  willUpdate(changed) {
    if (changed.has('files')) this.#stores.follow(this.files);
  }

  render() {
    const progress = this.files.progress(this.message);
    // What has failed says so below the message.
    if (!progress || progress.state === 'failed') return nothing;
    const { sent, size, state } = progress;
    const name = shownFileName(this.message.body.name);
    const paused = state === 'paused';
    return html`
      <progress max=${Math.max(size, 1)} .value=${sent} aria-label="Sending ${name}"></progress>
      <p aria-live="off">${WORDS[state] ?? WORDS.waiting} · ${sizeText(sent)} of ${sizeText(size)}</p>
      <button
        class="quiet icon-only"
        aria-label="${paused ? 'Resume' : 'Pause'} sending ${name}"
        title=${paused ? 'Resume' : 'Pause'}
        @click=${() => (paused ? this.files.resume(this.message) : this.files.pause(this.message))}
      >
        ${paused ? icons.play : icons.pause}
      </button>
      <button id="cancel" class="quiet icon-only" aria-label="Cancel sending ${name}" title="Cancel" @click=${this.#cancel}>
        ${icons.close}
      </button>
    `;
  }

  #cancel() {
    this.dispatchEvent(new Event('cancel'));
  }
}
customElements.define('upload-progress', UploadProgress);
