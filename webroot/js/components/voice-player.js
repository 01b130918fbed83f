import { LitElement, html, css, nothing } from 'lit';
import { base, buttons } from './styles.js';
import { icons } from './icons.js';
import { lengthText } from '../text/sizes.js';

/** Beyond the end of any note, in seconds: a recording does not say how long it is until a player has been at its end. */
const FAR = 1e7;

/** Player of a voice note, from any point. Event: `failed`. */
export class VoicePlayer extends LitElement {
  static properties = {
    src: { attribute: false },
    durationMs: { attribute: false },
    playing: { state: true },
    at: { state: true },
  };

  static styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        grid-template-columns: auto minmax(5rem, 11rem) auto;
        align-items: center;
        gap: var(--gap-2);
        padding: 0.15rem 0.5rem 0.15rem 0.15rem;
      }

      button {
        width: 2.5rem;
        min-height: 2.5rem;
        border-color: transparent;
        background: rgb(127 127 127 / 0.22);
        color: inherit;
      }

      input {
        width: 100%;
        min-width: 0;
        margin: 0;
        accent-color: currentColor;
      }

      span {
        min-width: 2.2rem;
        font-size: 0.8rem;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  constructor() {
    super();
    this.at = 0;
    this.playing = false;
  }

  render() {
    const length = this.durationMs / 1000;
    const said = `${lengthText(this.at * 1000)} of ${lengthText(this.durationMs)}`;
    return html`
      <audio
        src=${this.src || nothing}
        preload="metadata"
        @timeupdate=${this.#moved}
        @play=${() => (this.playing = true)}
        @pause=${() => (this.playing = false)}
        @ended=${this.#ended}
        @loadedmetadata=${this.#loaded}
        @error=${this.#failed}
      ></audio>
      <button class="icon-only" aria-label=${this.playing ? 'Pause the voice note' : 'Play the voice note'} @click=${this.#turn}>
        ${this.playing ? icons.pause : icons.play}
      </button>
      <input
        type="range"
        min="0"
        max=${length}
        step="0.1"
        .value=${String(Math.min(this.at, length))}
        aria-label="Place in the voice note"
        aria-valuetext=${said}
        @input=${this.#seek}
      />
      <span aria-hidden="true">${lengthText(this.playing || this.at ? this.at * 1000 : this.durationMs)}</span>
    `;
  }

  get #audio() {
    return this.renderRoot.querySelector('audio');
  }

  #finding = false;

  #loaded() {
    const audio = this.#audio;
    if (Number.isFinite(audio.duration)) {
      this.durationMs ||= audio.duration * 1000;
    } else {
      this.#finding = true;
      audio.currentTime = FAR;
    }
  }

  #moved() {
    const audio = this.#audio;
    if (!this.#finding) {
      this.at = audio.currentTime;
    } else if (Number.isFinite(audio.duration)) {
      this.#finding = false;
      this.durationMs ||= audio.duration * 1000;
      audio.currentTime = this.at;
    }
  }

  #turn() {
    if (this.playing) this.#audio.pause();
    else this.#audio.play().catch(() => {});
  }

  #seek(event) {
    this.at = Number(event.target.value);
    this.#audio.currentTime = this.at;
  }

  #ended() {
    this.playing = false;
    this.at = 0;
    if (!this.#finding) this.#audio.currentTime = 0;
  }

  /** Tries again what could not be had. */
  reload() {
    this.#audio.load();
  }

  #failed() {
    if (this.src) this.dispatchEvent(new Event('failed'));
  }
}
customElements.define('voice-player', VoicePlayer);
