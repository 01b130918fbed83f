import { LitElement, html, css, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { base, buttons } from './styles.js';
import { StoreController } from './store-controller.js';
import { icons } from './icons.js';
import { rowsOf } from '../chat/rows.js';
import { bodyText } from '../text/body-text.js';
import { dayName } from '../text/times.js';
import { explain } from '../text/explain.js';
import './message-row.js';

/** This near to the end, in pixels, counts as being there. */
const NEAR_END = 80;
/** Older messages are asked for this far before the reader gets to the top, in pixels. */
const NEAR_TOP = 600;

/** The messages of a conversation. Stays at the end while one is there, and in place while older ones arrive. */
export class MessageLog extends LitElement {
  static properties = {
    chat: { attribute: false },
    conversation: { attribute: false },
    person: { attribute: false },
    away: { state: true },
  };

  static styles = [
    base,
    buttons,
    css`
      :host {
        position: relative;
        display: grid;
        min-height: 0;
      }

      .scroller {
        position: relative;
        overflow-y: auto;
        overflow-anchor: none;
        overscroll-behavior: contain;
        min-height: 0;
        scrollbar-width: thin;
        scrollbar-color: var(--line) transparent;
      }

      .column {
        display: flex;
        flex-direction: column;
        justify-content: end;
        max-width: var(--reading-width);
        min-height: 100%;
        margin: 0 auto;
        padding: var(--gap-4) var(--gap-4) var(--gap-4);
      }

      .day {
        align-self: center;
        margin: var(--gap-5) 0 var(--gap-1);
        color: var(--ink-faint);
        font-size: var(--text-small);
        font-weight: 600;
      }

      .unread {
        display: flex;
        align-items: center;
        gap: var(--gap-3);
        margin-top: var(--gap-4);
        color: var(--danger);
        font-size: var(--text-small);
        font-weight: 600;
      }

      .unread::before,
      .unread::after {
        content: '';
        flex: 1;
        border-top: 1px solid currentColor;
        opacity: 0.45;
      }

      .start,
      .note {
        align-self: center;
        max-width: 24rem;
        padding: var(--gap-4) 0;
        color: var(--ink-faint);
        font-size: var(--text-small);
        text-align: center;
        overflow-wrap: anywhere;
      }

      .hello {
        display: grid;
        justify-items: center;
        gap: var(--gap-3);
        margin: auto;
        max-width: 24rem;
        color: var(--ink-soft);
        text-align: center;
      }

      .hello planet-avatar {
        width: 5rem;
        height: 5rem;
      }

      .hello h3 {
        color: var(--ink);
        font-size: var(--text-title);
        letter-spacing: -0.02em;
        overflow-wrap: anywhere;
      }

      #end {
        position: absolute;
        inset: auto 0 var(--gap-3);
        width: max-content;
        margin: 0 auto;
        background: var(--raised);
        box-shadow: var(--shadow);
      }
    `,
  ];

  #stores = new StoreController(this);
  #atEnd = true;
  #height = 0;
  #first = 0;
  /** Messages that are answered and not on show, by seq; null for those that the device does not have. */
  #quotes = new Map();
  #resized = new ResizeObserver(() => this.#atEnd && this.#toEnd());

  willUpdate(changed) {
    if (changed.has('chat')) this.#stores.follow(this.chat);
    if (changed.has('conversation')) {
      this.#atEnd = true;
      this.#first = 0;
      this.#quotes.clear();
    }
    // What arrives while one reads further up is marked, to be found later.
    const { conversation } = this;
    if (!this.#atEnd && conversation.unread) conversation.unreadAfter ??= conversation.readSeq;
    const scroller = this.#scroller;
    if (scroller) this.#height = scroller.scrollHeight;
  }

  render() {
    const { conversation } = this;
    const rows = rowsOf(conversation, this.chat.me);
    return html`
      <div class="scroller" tabindex="0" role="region" aria-label="Conversation with ${this.person.name}" @scroll=${this.#onScroll}>
        <div class="column" role="log" aria-label="Messages" aria-busy=${conversation.loadingOlder ? 'true' : 'false'}>
          ${this.#beginning(rows)}
          ${repeat(
            rows,
            (row) => row.key,
            (row) => this.#row(row),
          )}
        </div>
      </div>
      ${this.away
        ? html`<button id="end" class="small" @click=${() => this.#toEnd()}>
            ${icons.down} ${conversation.unread ? 'New messages' : 'To the newest'}
          </button>`
        : nothing}
    `;
  }

  #beginning(rows) {
    const { conversation } = this;
    if (conversation.error) {
      return html`<p class="note" role="alert">
        ${explain(conversation.error)}
        <button class="link" @click=${() => this.chat.reload(conversation)}>Try again</button>
      </p>`;
    }
    if (conversation.loadingOlder) return html`<p class="note">Loading older messages …</p>`;
    if (conversation.hasOlder) return html`<p class="note">&nbsp;</p>`;
    if (conversation.lastSeq && !conversation.loaded) return html`<p class="note" role="status">Loading messages …</p>`;
    if (rows.length) return html`<p class="start">The beginning of your conversation with ${this.person.name}</p>`;
    const myself = conversation.peerId === this.chat.me;
    return html`<div class="hello">
      <planet-avatar .userId=${conversation.peerId} .name=${this.person.name}></planet-avatar>
      <h3>${myself ? 'A place for your notes' : `Say hello to ${this.person.name}`}</h3>
      <p>
        ${myself
          ? 'What you write here is for you alone, on all of your devices.'
          : 'Write below and press Enter. They see it at once, or as soon as they are back.'}
      </p>
    </div>`;
  }

  #row(row) {
    if (row.type === 'day') return html`<div class="day" role="separator">${dayName(row.time)}</div>`;
    if (row.type === 'unread') return html`<div class="unread" role="separator">New</div>`;
    const { chat, conversation } = this;
    const { message } = row;
    return html`<message-row
      data-seq=${row.seq ?? nothing}
      .row=${row}
      .sender=${row.mine ? 'You' : this.person.name}
      .me=${chat.me}
      .files=${chat.files}
      .quote=${message.reply_to ? this.#quote(message.reply_to) : null}
      ?mine=${row.mine}
      ?first=${row.first}
      ?last=${row.last}
      @retry=${() => chat.retry(message.client_id)}
      @discard=${() => chat.discard(message.client_id)}
      @react=${(event) => chat.react(conversation, message, event.detail)}
      @answer=${() => this.#compose(() => chat.answer(conversation, message))}
      @edit=${() => this.#compose(() => chat.edit(conversation, message))}
      @take-back=${() => chat.takeBack(conversation, message)}
      @jump=${() => this.#jump(message.reply_to)}
    ></message-row>`;
  }

  #compose(begin) {
    begin();
    this.dispatchEvent(new Event('compose'));
  }

  /** The message that is answered: who and what; looked up on the device when it is not on show. */
  #quote(seq) {
    const shown = this.conversation.messages.find((message) => message.seq === seq) ?? this.#quotes.get(seq);
    if (shown === undefined) {
      this.#quotes.set(seq, null);
      this.chat.message(this.conversation, seq).then((found) => {
        this.#quotes.set(seq, found ?? null);
        this.requestUpdate();
      });
    }
    if (!shown) return { who: '', text: 'An older message' };
    return { who: shown.sender_id === this.chat.me ? 'You' : this.person.name, text: bodyText(shown.body, shown.removed) };
  }

  async #jump(seq) {
    if (!(await this.chat.reach(this.conversation, seq))) return;
    this.#atEnd = false;
    await this.updateComplete;
    const row = this.renderRoot.querySelector(`message-row[data-seq="${seq}"]`);
    row?.scrollIntoView({ block: 'center' });
    row?.point();
  }

  async getUpdateComplete() {
    const done = await super.getUpdateComplete();
    await Promise.all([...this.renderRoot.querySelectorAll('message-row')].map((row) => row.updateComplete));
    return done;
  }

  firstUpdated() {
    this.#resized.observe(this.#scroller);
    this.#resized.observe(this.renderRoot.querySelector('.column'));
  }

  updated() {
    const scroller = this.#scroller;
    const first = this.conversation.firstHeld;
    const older = first < this.#first && !this.#atEnd;
    const height = this.#height;
    const top = scroller.scrollTop;
    this.#first = first;
    // Rows draw themselves a moment later; only then is their height known.
    this.updateComplete.then(() => {
      if (this.#atEnd) this.#toEnd();
      else if (older) scroller.scrollTop = top + scroller.scrollHeight - height;
      this.#fill();
      this.look();
    });
  }

  /** Marks what can be seen as read. */
  look() {
    if (this.chat.watched && this.#atEnd && this.conversation.unread) this.chat.seen(this.conversation);
  }

  /** Loads more while the messages do not fill the view. */
  #fill() {
    const { conversation } = this;
    if (conversation.hasOlder && !conversation.error && this.#scroller.scrollTop < NEAR_TOP) {
      this.chat.loadOlder(conversation);
    }
  }

  #onScroll() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    const left = scrollHeight - scrollTop - clientHeight;
    this.#atEnd = left < NEAR_END;
    this.away = left > clientHeight || (!this.#atEnd && this.conversation.unread > 0);
    this.#fill();
    this.look();
  }

  #toEnd() {
    const scroller = this.#scroller;
    scroller.scrollTop = scroller.scrollHeight;
  }

  get #scroller() {
    return this.renderRoot?.querySelector('.scroller');
  }
}
customElements.define('message-log', MessageLog);
