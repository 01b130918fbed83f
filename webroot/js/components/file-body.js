import { LitElement, html, nothing } from 'lit';
import { base, buttons } from './styles.js';
import { fileBody } from './file-body-styles.js';
import { StoreController } from './store-controller.js';
import { icons } from './icons.js';
import { kindOf } from '../text/body-text.js';
import { shownFileName, splitEnding } from '../text/shown.js';
import { sizeText } from '../text/sizes.js';
import { linkedText } from './linked-text.js';
import './upload-progress.js';
import './voice-player.js';

/** The largest that a picture is shown in a conversation, in pixels. */
const MAX_WIDTH = 320;
const MAX_HEIGHT = 340;
/** Size of a picture whose size is not known. */
const UNKNOWN = { width: 240, height: 180 };

/** Pauses before a picture or film that could not be had is tried again, in milliseconds. */
const AGAIN_MS = [0, 3_000, 10_000, 30_000];

const ICONS = [
  [/^image\//, icons.picture],
  [/^video\//, icons.film],
  [/^audio\//, icons.note],
  [/zip|compressed|tar|rar|7z/, icons.pack],
  [/^text\/|pdf|document|opendocument|msword|officedocument/, icons.page],
];

/**
 * The file of a message: a picture, a player or a card; its caption; how far it is while it goes up. Events: `cancel`, and
 * `open-media` (bubbles; detail: the message) for a picture that one wants to see large.
 */
export class FileBody extends LitElement {
  static properties = {
    files: { attribute: false },
    message: { attribute: false },
    broken: { state: true },
  };

  static styles = [base, buttons, fileBody];

  #stores = new StoreController(this);
  #attempts = 0;

  willUpdate(changed) {
    if (changed.has('files')) this.#stores.follow(this.files);
  }

  render() {
    const { message } = this;
    const { body } = message;
    const kind = this.broken ? 'file' : kindOf(body);
    return html`
      ${this.#content(kind, body)}
      ${
        message.upload
          ? html`<upload-progress
            .files=${this.files}
            .message=${message}
            @cancel=${() => this.dispatchEvent(new Event('cancel'))}
          ></upload-progress>`
          : nothing
      }
      ${body.text ? html`<p class="caption" dir="auto">${linkedText(body.text)}</p>` : nothing}
    `;
  }

  /** Where the bytes come from: this page for one's own, else the server; nothing while neither is possible. */
  #source(thumbnail = false) {
    const { body } = this.message;
    const own = this.files.preview(this.message);
    if (own) return own;
    if (!body.file_id || !this.files.ready) return nothing;
    return thumbnail ? this.files.thumbnail(body) : this.files.url(body);
  }

  #content(kind, body) {
    const { width, height } = shownSize(body);
    const label = shownFileName(body.name);
    switch (kind) {
      case 'image':
        return html`<button class="picture" aria-label="Look at the picture ${label}" @click=${this.#open}>
          <img src=${this.#source(true)} alt="" width=${width} height=${height} decoding="async" @error=${this.#failed} />
        </button>`;
      case 'video':
        return html`<video
          src=${this.#source()}
          width=${width}
          height=${height}
          controls
          playsinline
          preload="metadata"
          aria-label="Video ${label}"
          @error=${this.#failed}
        ></video>`;
      case 'audio':
        return html`<audio src=${this.#source()} controls preload="metadata" aria-label="Audio ${label}" @error=${this.#failed}></audio>
          <p class="name">${label}</p>`;
      case 'voice':
        return html`<voice-player
          .src=${this.#source() === nothing ? '' : this.#source()}
          .durationMs=${body.duration_ms ?? 0}
          @failed=${this.#failed}
        ></voice-player>`;
      default:
        return this.#card(body, label);
    }
  }

  #card(body, label) {
    const icon = ICONS.find(([pattern]) => pattern.test(body.mime_type ?? ''))?.[1] ?? icons.file;
    const [stem, ending] = splitEnding(label);
    const content = html`<span class="sign">${icon}</span>
      <span class="what" aria-hidden=${body.file_id ? 'true' : nothing}><b><span>${stem}</span>${ending}</b><span>${sizeText(body.size ?? 0)}</span></span>`;
    if (!body.file_id) return html`<div class="card">${content}</div>`;
    return html`<button class="card" aria-label="Save ${label}, ${sizeText(body.size ?? 0)}" @click=${this.#save}>
      ${content}<span class="save">${icons.save}</span>
    </button>`;
  }

  #open() {
    this.dispatchEvent(new CustomEvent('open-media', { detail: this.message, bubbles: true, composed: true }));
  }

  #save() {
    this.files.save(this.message).catch(() => {});
  }

  /** Tried again with a new token and cookie, then later: a scanner may be looking at it. What cannot be shown is a card. */
  async #failed(event) {
    const media = event.target;
    const attempt = this.#attempts++;
    if (!this.message.body.file_id || attempt >= AGAIN_MS.length) {
      this.broken = true;
      return;
    }
    const before = media.getAttribute('src');
    if (attempt === 0) {
      await this.files.renew(this.message).catch((failure) => (this.broken = !failure.temporary));
      await this.updateComplete;
    } else {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS[attempt]));
    }
    if (!media.isConnected) return;
    if (media.reload) media.reload();
    else if (before && media.getAttribute('src') === before) media.setAttribute('src', before);
  }
}
customElements.define('file-body', FileBody);

/** As large as there is room for, in its own shape, so that nothing moves when it is there. */
function shownSize({ width, height }) {
  if (!(width > 0 && height > 0)) return UNKNOWN;
  const scale = Math.min(1, MAX_WIDTH / width, MAX_HEIGHT / height);
  return { width: Math.max(48, Math.round(width * scale)), height: Math.max(32, Math.round(height * scale)) };
}
