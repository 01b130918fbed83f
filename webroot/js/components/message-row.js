import { LitElement, html, nothing } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { base, buttons } from './styles.js';
import { icons } from './icons.js';
import { messageRow } from './message-row-styles.js';
import { explain } from '../text/explain.js';
import { bodyText } from '../text/body-text.js';
import { isOnlyEmoji } from '../text/emoji.js';
import { shownName } from '../text/shown.js';
import { exactTime, timeOf } from '../text/times.js';
import { LongPress, PRESS_EVENTS } from './long-press.js';
import { linkedText } from './linked-text.js';
import './file-body.js';
import './message-actions.js';

/** How far an own message got, in a picture and in words. */
const STATES = {
  queued: [icons.clock, 'Sending', 'On its way'],
  stored: [icons.check, 'Stored', 'Stored on the server'],
  delivered: [icons.checks, 'Delivered', 'On a device of theirs'],
  read: [icons.checks, 'Read', 'They have read it'],
};
/** How long a message that one jumped to is marked, in milliseconds. */
const POINT_MS = 1_800;

/**
 * One message: its text or file, when, and how far it got. Events: `retry`, `discard`, `jump` (to the message that it replies to),
 * and those of `message-actions`.
 */
export class MessageRow extends LitElement {
  static properties = {
    row: { attribute: false },
    sender: { attribute: false },
    me: { attribute: false },
    files: { attribute: false },
    quote: { attribute: false },
    busy: { type: Boolean, reflect: true },
    pointed: { type: Boolean, reflect: true },
    mine: { type: Boolean, reflect: true },
    first: { type: Boolean, reflect: true },
    last: { type: Boolean, reflect: true },
  };

  static styles = [base, buttons, messageRow];

  #line = createRef();
  #menu = createRef();
  #press = new LongPress(() => this.#menu.value?.show());

  firstUpdated() {
    for (const type of PRESS_EVENTS) this.#line.value.addEventListener(type, this.#press.handle, { capture: true });
  }

  render() {
    const { row, quote } = this;
    const { message } = row;
    const text = message.body?.type === 'text' ? String(message.body.text ?? '') : null;
    const emoji = text !== null && !quote && isOnlyEmoji(text);
    const file = message.body?.type === 'file' && !message.removed;
    const classes = `bubble ${row.state} ${emoji ? 'emoji' : ''} ${file ? 'file' : ''}`;
    // The spoken order is who, what, when.
    return html`
      <span class="sr-only">${this.sender}:</span>
      <div class="line" ${ref(this.#line)}>
        <div class=${classes} dir="auto" title=${exactTime(row.time)}>${quote ? this.#quote(quote) : nothing}${
          file
            ? this.#file(message)
            : text === null
              ? html`<span class="removed">${bodyText(message.body, message.removed)}</span>`
              : linkedText(text)
        }</div>
        ${row.seq && !message.removed ? this.#actions(message) : nothing}
      </div>
      ${this.#reactions(message)} ${row.state === 'failed' ? this.#failure() : this.#meta()}
    `;
  }

  /** Marks it for a moment: here is what you looked for. */
  point() {
    this.pointed = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.pointed = false), POINT_MS);
  }

  #quote({ who, text }) {
    return html`<button class="quote" title="Go there" @click=${() => this.#emit('jump')}>
      <span class="sr-only">In reply to</span>${who ? html`<b>${who}</b>` : nothing}<span>${text}</span>
    </button>`;
  }

  #actions(message) {
    const given = Object.keys(message.reactions).filter((emoji) => message.reactions[emoji].includes(this.me));
    const text = message.body?.type === 'text' ? String(message.body.text ?? '') : message.body?.text;
    return html`<message-actions
      ${ref(this.#menu)}
      .text=${text}
      ?mine=${this.mine}
      ?editable=${this.mine && message.body?.type === 'text'}
      .given=${given}
      @toggle=${(event) => (this.busy = event.detail)}
      @react=${(event) => this.#emit('react', event.detail)}
      @reply=${() => this.#emit('reply')}
      @edit=${() => this.#emit('edit')}
      @redact=${() => this.#emit('redact')}
    ></message-actions>`;
  }

  #reactions({ reactions }) {
    const given = Object.entries(reactions);
    if (!given.length) return nothing;
    return html`<div class="reactions" role="group" aria-label="Reactions">
      ${given.map(
        ([emoji, users]) => html`<button
          aria-pressed=${users.includes(this.me) ? 'true' : 'false'}
          aria-label="${shownName(emoji)}, ${users.length}"
          @click=${() => this.#emit('react', emoji)}
        >
          <bdi>${shownName(emoji)}</bdi>${users.length > 1 ? html`<span>${users.length}</span>` : nothing}
        </button>`,
      )}
    </div>`;
  }

  #file(message) {
    return html`<file-body .files=${this.files} .message=${message} @cancel=${() => this.#emit('discard')}></file-body>`;
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #meta() {
    const { row } = this;
    const edited = row.message.edited ? html`<span>edited</span>` : nothing;
    const [picture, word, hint] = STATES[row.state] ?? [];
    if (!this.last && row.state !== 'queued') {
      return html`${row.message.edited ? html`<div class="meta">${edited}</div>` : nothing}
        <span class="sr-only">${timeOf(row.time)} ${word ?? nothing}</span>`;
    }
    const state = word
      ? html`<span class=${row.state} title=${hint}>${picture}</span><span class="sr-only">${word}</span>`
      : nothing;
    return html`<div class="meta">${edited}<time datetime=${row.time}>${timeOf(row.time)}</time>${state}</div>`;
  }

  #failure() {
    return html`<div class="failure" role="alert">
      ${icons.alert}<span>Not sent. ${explain(this.row.message.error)}</span>
      <button class="link" @click=${() => this.dispatchEvent(new Event('retry'))}>Try again</button>
      <button class="link" @click=${() => this.dispatchEvent(new Event('discard'))}>Delete</button>
    </div>`;
  }
}
customElements.define('message-row', MessageRow);
