import { LitElement, html, css } from 'lit';
import { base, buttons } from './styles.js';
import { icons } from './icons.js';
import { lengthText } from '../text/sizes.js';

/** What browsers record, the first that this one can. */
const TYPES = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];
/** A note ends by itself after this, in milliseconds: it is in memory until it is sent. */
const MAX_MS = 15 * 60_000;
/** Enough for speech, in bits a second. */
const BITS = 32_000;

const PROBLEMS = {
  NotFoundError: 'There is no microphone on this device.',
  NotAllowedError: 'This page may not use the microphone. Allow it in the settings of the browser, and try again.',
  NotReadableError: 'Another program is using the microphone.',
};

/** Recorder of a voice note. Events: `recorded` (detail: `{blob, durationMs}`), `cancelled` (detail: why, or ''). */
export class VoiceRecorder extends LitElement {
  static properties = {
    elapsed: { state: true },
    recording: { state: true },
  };

  static styles = [
    base,
    buttons,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: var(--gap-2);
        padding: 0.3rem;
        border: 1px solid var(--focus);
        border-radius: 1.6rem;
        background: var(--raised);
      }

      p {
        display: flex;
        flex: 1;
        align-items: center;
        gap: var(--gap-3);
        min-width: 0;
        min-height: 2.6rem;
        font-variant-numeric: tabular-nums;
      }

      i {
        flex: none;
        width: 0.7rem;
        height: 0.7rem;
        border-radius: 50%;
        background: var(--danger);
        animation: pulse 1.4s ease-in-out infinite;
      }

      button {
        width: 2.6rem;
        min-height: 2.6rem;
        padding: 0;
        border-radius: 50%;
      }

      @keyframes pulse {
        50% {
          opacity: 0.25;
        }
      }

      @media (prefers-reduced-motion: reduce) {
        i {
          animation: none;
        }
      }
    `,
  ];

  #recorder = null;
  #stream = null;
  #parts = [];
  #startedAt = 0;
  #timer = 0;

  constructor() {
    super();
    this.elapsed = 0;
    this.recording = false;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#start();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#release();
  }

  render() {
    return html`
      <button type="button" class="quiet" aria-label="Cancel the voice note" title="Cancel (Escape)" @click=${() => this.#cancel('')}>
        ${icons.bin}
      </button>
      <p>
        ${
          this.recording
            ? html`<i></i><span role="timer" aria-label="Recorded">${lengthText(this.elapsed)}</span><span class="sr-only" role="status">Recording</span>`
            : html`<span role="status">Waiting for the microphone …</span>`
        }
      </p>
      <button type="button" id="send" class="primary" aria-label="Send the voice note" title="Send" ?disabled=${!this.recording} @click=${this.#send}>
        ${icons.send}
      </button>
    `;
  }

  firstUpdated() {
    this.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      this.#cancel('');
    });
    this.renderRoot.querySelector('button').focus();
  }

  async #start() {
    if (!navigator.mediaDevices || typeof MediaRecorder === 'undefined') {
      this.#cancel('This browser records only on pages of https or localhost.');
      return;
    }
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      if (!this.isConnected) {
        for (const track of stream.getTracks()) track.stop();
        return;
      }
      this.#stream = stream;
      const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
      this.#recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS });
      this.#recorder.ondataavailable = ({ data }) => data.size && this.#parts.push(data);
      this.#recorder.start(1_000);
      this.#startedAt = performance.now();
      this.recording = true;
      this.#timer = setInterval(() => this.#tick(), 200);
      await this.updateComplete;
      this.renderRoot.querySelector('#send').focus();
    } catch (failure) {
      this.#cancel(PROBLEMS[failure.name] ?? `The microphone cannot be used: ${failure.message}`);
    }
  }

  #tick() {
    this.elapsed = performance.now() - this.#startedAt;
    if (this.elapsed >= MAX_MS) this.#send();
  }

  #send() {
    const recorder = this.#recorder;
    if (!recorder || recorder.state === 'inactive') return;
    const durationMs = performance.now() - this.#startedAt;
    recorder.onstop = () => {
      const blob = new Blob(this.#parts, { type: recorder.mimeType.split(';')[0] });
      this.#release();
      this.dispatchEvent(new CustomEvent('recorded', { detail: { blob, durationMs } }));
    };
    recorder.stop();
  }

  #cancel(why) {
    this.#release();
    this.dispatchEvent(new CustomEvent('cancelled', { detail: why }));
  }

  /** The browser shows that the microphone is on until every track has ended. */
  #release() {
    clearInterval(this.#timer);
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
  }
}
customElements.define('voice-recorder', VoiceRecorder);
