import { LitElement, html, css, nothing } from 'lit';
import { base, buttons, fields } from './styles.js';
import { StoreController } from './store-controller.js';
import { icons } from './icons.js';
import { bodyText } from '../text/body-text.js';
import './attachment-chips.js';
import './voice-recorder.js';

/** What a message's body may take on the wire, in bytes: the server's limit of 64 KiB less the frame around the text. */
const MAX_BYTES = 64 * 1024 - 256;
/** The counter appears with this many bytes left. */
const COUNT_FROM = 4 * 1024;

const encoder = new TextEncoder();
const number = new Intl.NumberFormat();

/** Where one writes, chooses files and records. Enter sends, Shift+Enter makes a line; on touch screens Enter makes a line. */
export class MessageComposer extends LitElement {
  static properties = {
    chat: { attribute: false },
    conversation: { attribute: false },
    person: { attribute: false },
    left: { state: true },
    empty: { state: true },
    problem: { state: true },
    recording: { state: true },
  };

  static styles = [
    base,
    buttons,
    fields,
    css`
      :host {
        display: block;
      }

      form {
        display: flex;
        align-items: flex-end;
        gap: var(--gap-2);
        padding: 0.3rem;
        border: 1px solid var(--line);
        border-radius: 1.6rem;
        background: var(--raised);
        transition: border-color var(--quick);
      }

      form:focus-within {
        border-color: var(--focus);
      }

      textarea {
        flex: 1;
        min-width: 0;
        min-height: 2.6rem;
        max-height: 40vh;
        padding: 0.6rem 0.4rem 0.5rem 0.2rem;
        border: 0;
        background: none;
        resize: none;
        field-sizing: content;
        scrollbar-width: thin;
      }

      textarea:focus-visible {
        outline: none;
      }

      form button.quiet {
        width: 2.6rem;
        min-height: 2.6rem;
        border-radius: 50%;
      }

      button.primary {
        width: 2.6rem;
        min-height: 2.6rem;
        padding: 0;
        border-radius: 50%;
      }

      button.primary:disabled {
        background: var(--hover);
        color: var(--ink-faint);
        opacity: 1;
      }

      p {
        padding: var(--gap-1) var(--gap-4) 0;
        color: var(--ink-soft);
        font-size: var(--text-small);
        text-align: end;
      }

      .about {
        display: flex;
        align-items: center;
        gap: var(--gap-2);
        margin-bottom: var(--gap-2);
        padding-inline-start: var(--gap-3);
        border-radius: var(--round);
        background: var(--hover);
        color: var(--ink-soft);
        font-size: var(--text-small);
      }

      .about span {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      p.over {
        color: var(--danger);
      }
    `,
  ];

  #stores = new StoreController(this);
  /** What the person had written before they began to change a message. */
  #before = '';

  constructor() {
    super();
    this.empty = true;
    this.left = MAX_BYTES;
    this.problem = '';
  }

  render() {
    const over = this.left < 0;
    const { attachments, editing } = this.conversation;
    const files = editing ? [] : attachments;
    const nothingToSend = this.empty && !files.length;
    return html`
      ${this.#about()}
      <attachment-chips .attachments=${files} @remove=${(event) => this.#detach(event.detail)}></attachment-chips>
      ${this.recording
        ? html`<voice-recorder @recorded=${this.#recorded} @cancelled=${this.#notRecorded}></voice-recorder>`
        : nothing}
      <form ?hidden=${this.recording} @submit=${this.#onSubmit}>
        <input id="files" type="file" multiple hidden tabindex="-1" @change=${this.#onChosen} />
        <button
          type="button"
          class="quiet icon-only"
          aria-label="Attach files"
          title="Attach files"
          ?disabled=${Boolean(editing)}
          @click=${() => this.renderRoot.querySelector('#files').click()}
        >
          ${icons.clip}
        </button>
        <textarea
          rows="1"
          aria-label="Message to ${this.person.name}"
          placeholder="Message"
          enterkeyhint="enter"
          aria-invalid=${over ? 'true' : nothing}
          aria-describedby="note"
          @input=${this.#onInput}
          @keydown=${this.#onKey}
          @paste=${this.#onPaste}
          @blur=${() => this.chat.type(this.conversation, false)}
        ></textarea>
        ${nothingToSend && !editing
          ? html`<button
              type="button"
              class="quiet icon-only"
              aria-label="Record a voice note"
              title="Record a voice note"
              @click=${() => (this.recording = true)}
            >
              ${icons.mic}
            </button>`
          : html`<button class="primary" aria-label="Send" title="Send (Enter)" ?disabled=${nothingToSend || over}>
              ${icons.send}
            </button>`}
      </form>
      <p id="note" class=${over ? 'over' : ''} role="status" ?hidden=${!this.problem && this.left > COUNT_FROM}>
        ${this.problem || this.#count()}
      </p>
    `;
  }

  #count() {
    if (this.left < 0) return `Too long by ${number.format(-this.left)} bytes. Send it in parts.`;
    return this.left > COUNT_FROM ? '' : `${number.format(this.left)} bytes left`;
  }

  /** What is being answered or changed. */
  #about() {
    const { answering, editing } = this.conversation;
    const message = answering ?? editing;
    if (!message) return nothing;
    const mine = message.sender_id === this.chat.me;
    const what = editing ? 'Editing' : `Replying to ${mine ? 'yourself' : this.person.name}`;
    return html`<div class="about" role="status">
      ${editing ? icons.pen : icons.reply}
      <span><b>${what}</b> ${bodyText(message.body, message.removed)}</span>
      <button type="button" class="quiet icon-only" aria-label="Cancel" @click=${this.#cancel}>${icons.close}</button>
    </div>`;
  }

  #cancel() {
    this.chat.answer(this.conversation, null);
    this.focus();
  }

  willUpdate(changed) {
    if (changed.has('chat')) this.#stores.follow(this.chat);
    if (!this.hasUpdated) return;
    const { editing } = this.conversation;
    if (changed.has('conversation')) {
      this.recording = false;
      this.#editing = editing;
      this.#show(editing ? editing.body.text : this.conversation.draft);
    } else if (editing !== this.#editing) {
      if (editing && !this.#editing) this.#before = this.#textarea.value;
      this.#editing = editing;
      this.#show(editing ? editing.body.text : this.#before);
    }
  }

  #editing = null;

  firstUpdated() {
    this.#show(this.conversation.draft);
    if (matchMedia('(pointer: fine)').matches) this.focus();
  }

  focus() {
    this.#textarea.focus();
  }

  #show(text) {
    this.#textarea.value = text;
    this.problem = '';
    this.#measure(text);
  }

  #measure(text) {
    this.empty = !text.trim();
    // As JSON, since that is what counts: a quote or a line break takes two bytes.
    this.left = MAX_BYTES - encoder.encode(JSON.stringify(text)).length;
    this.#grow();
  }

  /** For browsers without `field-sizing`. */
  #grow() {
    if (CSS.supports('field-sizing', 'content')) return;
    const { style } = this.#textarea;
    style.height = 'auto';
    style.height = `${this.#textarea.scrollHeight}px`;
  }

  #onInput(event) {
    if (!this.conversation.editing) this.conversation.draft = event.target.value;
    this.chat.type(this.conversation, event.target.value !== '');
    this.problem = '';
    this.#measure(event.target.value);
  }

  #onKey(event) {
    const { answering, editing } = this.conversation;
    if (event.key === 'Escape' && (answering || editing)) {
      this.#cancel();
      event.preventDefault();
      return;
    }
    const last = event.key === 'ArrowUp' && this.empty && !editing && this.chat.lastOwn(this.conversation);
    if (last) {
      this.chat.edit(this.conversation, last);
      event.preventDefault();
      return;
    }
    const enter = event.key === 'Enter' && !event.shiftKey && !event.isComposing;
    if (!enter || matchMedia('(pointer: coarse)').matches) return;
    this.#onSubmit(event);
  }

  #onSubmit(event) {
    event.preventDefault();
    const text = this.#textarea.value.trim();
    const files = this.conversation.editing ? [] : this.conversation.attachments;
    if ((!text && !files.length) || this.left < 0) return;
    const changed = this.conversation.editing;
    this.chat.type(this.conversation, false);
    this.chat.send(this.conversation, text);
    this.#editing = null;
    if (!changed) this.conversation.draft = '';
    this.#show(changed ? this.#before : '');
    this.#before = '';
    this.focus();
  }

  /** Files that were chosen, pasted or dropped onto the conversation. */
  async attach(files) {
    if (!files.length || this.conversation.editing) return;
    this.problem = '';
    this.problem = await this.chat.attach(this.conversation, files);
    this.focus();
  }

  #detach(id) {
    this.problem = '';
    this.chat.detach(this.conversation, id);
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
    this.chat.sendVoice(this.conversation, blob, durationMs);
    this.#notRecorded({ detail: '' });
  }

  async #notRecorded({ detail: why }) {
    this.recording = false;
    this.problem = why;
    await this.updateComplete;
    this.focus();
  }

  get #textarea() {
    return this.renderRoot.querySelector('textarea');
  }
}
customElements.define('message-composer', MessageComposer);
