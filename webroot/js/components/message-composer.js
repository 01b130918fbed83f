import { LitElement, html, nothing } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { base, buttons, fields } from './styles.js';
import { messageComposer } from './message-composer-styles.js';
import { StoreController } from './store-controller.js';
import { icons } from './icons.js';
import { bodyText } from '../text/body-text.js';
import { isComposing } from '../text/keys.js';
import { isBlank } from '../text/shown.js';
import './attachment-chips.js';
import './voice-recorder.js';

/** What a message's body may take on the wire, in bytes: the server's limit of 64 KiB less the frame around the text. */
const MAX_BYTES = 64 * 1024 - 256;
/** The counter appears with this many bytes left. */
const COUNT_FROM = 4 * 1024;

const encoder = new TextEncoder();
const number = new Intl.NumberFormat();

/** As JSON, since that is what counts: a quote or a line break takes two bytes. */
const bytesLeft = (text) => MAX_BYTES - encoder.encode(JSON.stringify(text)).length;

/** Field in which one writes, chooses files and records. Enter sends, Shift+Enter makes a line; on touch screens Enter makes a line. */
export class MessageComposer extends LitElement {
  static properties = {
    chat: { attribute: false },
    conversation: { attribute: false },
    person: { attribute: false },
    problem: { state: true },
    recording: { state: true },
  };

  static styles = [base, buttons, fields, messageComposer];

  #stores = new StoreController(this);
  #textarea = createRef();
  #fileInput = createRef();
  /** An input method is at work: the field must not be touched. */
  #composing = false;

  constructor() {
    super();
    this.problem = '';
  }

  get #compose() {
    return this.conversation.compose;
  }

  willUpdate(changed) {
    if (!changed.has('conversation')) return;
    this.#stores.follow(this.#compose);
    this.recording = false;
    this.problem = '';
  }

  render() {
    const { attachments, edit, text } = this.#compose;
    const left = bytesLeft(text);
    const over = left < 0;
    const files = edit ? [] : attachments;
    const nothingToSend = isBlank(text) && !files.length;
    return html`
      ${this.#about()}
      <attachment-chips .attachments=${files} @remove=${(event) => this.#detach(event.detail)}></attachment-chips>
      ${
        this.recording
          ? html`<voice-recorder @recorded=${this.#recorded} @cancelled=${this.#notRecorded}></voice-recorder>`
          : nothing
      }
      <form ?hidden=${this.recording} @submit=${this.#onSubmit}>
        <input ${ref(this.#fileInput)} id="files" type="file" multiple hidden tabindex="-1" @change=${this.#onChosen} />
        <button
          type="button"
          class="quiet icon-only"
          aria-label="Attach files"
          title="Attach files"
          ?disabled=${Boolean(edit)}
          @click=${() => this.#fileInput.value.click()}
        >
          ${icons.clip}
        </button>
        <textarea
          ${ref(this.#textarea)}
          rows="1"
          aria-label="Message to ${this.person.label}"
          placeholder="Message"
          enterkeyhint="enter"
          aria-invalid=${over ? 'true' : nothing}
          aria-describedby="note"
          @input=${this.#onInput}
          @keydown=${this.#onKey}
          @paste=${this.#onPaste}
          @compositionstart=${() => this.#onComposition(true)}
          @compositionend=${() => this.#onComposition(false)}
          @blur=${() => this.#compose.pause()}
        ></textarea>
        ${
          nothingToSend && !edit
            ? html`<button
              type="button"
              class="quiet icon-only"
              aria-label="Record a voice note"
              title="Record a voice note"
              @click=${() => (this.recording = true)}
            >
              ${icons.mic}
            </button>`
            : html`<button class="primary" aria-label="Send" title=${matchMedia('(pointer: coarse)').matches ? 'Send' : 'Send (Enter)'} ?disabled=${nothingToSend || over}>
              ${icons.send}
            </button>`
        }
      </form>
      <p id="note" class=${over ? 'over' : ''} role="status" ?hidden=${!this.problem && left > COUNT_FROM}>
        ${this.problem || this.#count(left)}
      </p>
    `;
  }

  #count(left) {
    if (left < 0) return `Too long by ${number.format(-left)} bytes. Send it in parts.`;
    return left > COUNT_FROM ? '' : `${number.format(left)} bytes left`;
  }

  /** What is being replied to or changed. */
  #about() {
    const { replyingTo, edit } = this.#compose;
    const message = replyingTo ?? edit?.message;
    if (!message) return nothing;
    const mine = message.sender_id === this.chat.me;
    const what = edit ? 'Editing' : `Replying to ${mine ? 'yourself' : this.person.label}`;
    return html`<div class="about" role="status">
      ${edit ? icons.pen : icons.reply}
      <span><b>${what}</b> ${bodyText(message.body, message.removed)}</span>
      <button type="button" class="quiet icon-only" aria-label="Cancel" @click=${this.#cancel}>${icons.close}</button>
    </div>`;
  }

  #cancel() {
    this.#compose.cancel();
    this.focus();
  }

  firstUpdated() {
    if (matchMedia('(pointer: fine)').matches) this.focus();
  }

  updated() {
    const { text } = this.#compose;
    const area = this.#textarea.value;
    if (area.value !== text && !this.#composing) area.value = text;
    this.#grow(area);
  }

  focus() {
    this.#textarea.value.focus();
  }

  /** For browsers without `field-sizing`. */
  #grow(area) {
    if (CSS.supports('field-sizing', 'content')) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight}px`;
  }

  #onInput(event) {
    this.problem = '';
    this.#compose.write(event.target.value);
  }

  #onComposition(composing) {
    this.#composing = composing;
  }

  #onKey(event) {
    if (isComposing(event)) return;
    const { replyingTo, edit, text } = this.#compose;
    if (event.key === 'Escape' && (replyingTo || edit)) {
      this.#cancel();
      event.preventDefault();
      return;
    }
    const last = event.key === 'ArrowUp' && !text.trim() && !edit && this.chat.lastOwn(this.conversation);
    if (last) {
      this.#compose.beginEdit(last);
      event.preventDefault();
      return;
    }
    const enter = event.key === 'Enter' && !event.shiftKey;
    if (!enter || matchMedia('(pointer: coarse)').matches) return;
    this.#onSubmit(event);
  }

  #onSubmit(event) {
    event.preventDefault();
    const { attachments, edit, text } = this.#compose;
    const nothingToSend = isBlank(text) && (edit || !attachments.length);
    if (nothingToSend || bytesLeft(text) < 0) return;
    this.problem = '';
    this.#compose.send();
    this.focus();
  }

  /** Files that were chosen, pasted or dropped onto the conversation. */
  async attach(files) {
    if (!files.length || this.#compose.edit) return;
    this.problem = '';
    this.problem = await this.#compose.attach(files);
    this.focus();
  }

  #detach(id) {
    this.problem = '';
    this.#compose.detach(id);
    this.focus();
  }

  #onChosen(event) {
    const input = event.target;
    this.attach([...input.files]);
    // So that the same file may be chosen again.
    input.value = '';
  }

  #onPaste(event) {
    const files = [...event.clipboardData.files];
    if (!files.length) return;
    event.preventDefault();
    this.attach(files);
  }

  #recorded({ detail: { blob, durationMs } }) {
    this.#compose.sendVoice(blob, durationMs);
    this.#notRecorded({ detail: '' });
  }

  async #notRecorded({ detail: why }) {
    this.recording = false;
    this.problem = why;
    await this.updateComplete;
    this.focus();
  }
}
customElements.define('message-composer', MessageComposer);
