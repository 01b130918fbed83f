import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { createRef, ref } from 'lit/directives/ref.js';
import { base, buttons } from './styles.js';
import { messageLog } from './message-log-styles.js';
import { StoreController } from './store-controller.js';
import { icons } from './icons.js';
import { rowsOf } from '../chat/rows.js';
import { bodyText } from '../text/body-text.js';
import { dayName } from '../text/times.js';
import { explain } from '../text/explain.js';
import { ReadingPosition } from './reading-position.js';
import './message-row.js';

/** This near to the end, in pixels, counts as being there. */
const NEAR_END = 80;
/** More messages are asked for this far before the reader gets to where those that are there end, in pixels. */
const NEAR_EDGE = 600;

/**
 * Log of a conversation. Follows the newest messages while one is at the end, though never past what is unread; else it
 * stays in place, whatever changes around what one reads.
 */
export class MessageLog extends LitElement {
  static properties = {
    chat: { attribute: false },
    conversation: { attribute: false },
    person: { attribute: false },
    away: { state: true },
  };

  static styles = [base, buttons, messageLog];

  #stores = new StoreController(this);
  #scroller = createRef();
  #column = createRef();
  /** @type {ReadingPosition} */
  #position;
  /** Messages that are replied to and not on show, by seq; null for those that the device does not have. */
  #quotes = new Map();
  #resized = new ResizeObserver(() => this.#place());

  willUpdate(changed) {
    if (!changed.has('conversation')) return;
    this.#stores.follow(this.conversation, this.chat.today);
    this.#quotes.clear();
  }

  render() {
    const { window } = this.conversation;
    const rows = rowsOf(window, this.chat.me);
    return html`
      <div
        ${ref(this.#scroller)}
        class="scroller"
        tabindex="0"
        role="region"
        aria-label="Conversation with ${this.person.label}"
        @scroll=${this.#onScroll}
      >
        <div
          ${ref(this.#column)}
          class="column"
          role="log"
          aria-label="Messages"
          aria-busy=${window.loadingOlder ? 'true' : 'false'}
        >
          ${this.#beginning(rows)}
          ${repeat(
            rows,
            (row) => row.key,
            (row) => this.#row(row),
          )}
        </div>
      </div>
      ${this.away ? this.#endButton() : nothing}
    `;
  }

  #endButton() {
    const { unread } = this.conversation;
    return html`<button id="end" class="small" @click=${this.#onEnd}>
      ${icons.down} ${unread ? `${unread} new` : 'To the newest'}
    </button>`;
  }

  #beginning(rows) {
    const { conversation } = this;
    const { window } = conversation;
    if (window.error) {
      return html`<p class="note" role="alert">
        ${explain(window.error)}
        <button class="link" @click=${() => window.reload()}>Try again</button>
      </p>`;
    }
    // As high as the other notes, so that nothing moves when it changes.
    if (window.loadingOlder) return html`<p class="note">Loading older messages …</p>`;
    if (window.hasOlder) return html`<p class="note">&nbsp;</p>`;
    if (conversation.lastSeq && !window.loaded) return html`<p class="note" role="status">Loading messages …</p>`;
    if (rows.length) return html`<p class="start">The beginning of your conversation with ${this.person.label}</p>`;
    const myself = conversation.peerId === this.chat.me;
    return html`<div class="hello">
      <planet-avatar .userId=${conversation.peerId} .name=${this.person.name}></planet-avatar>
      <h3>${myself ? 'A place for your notes' : `Say hello to ${this.person.label}`}</h3>
      <p>
        ${
          myself
            ? 'What you write here is for you alone, on all of your devices.'
            : `Write below and ${matchMedia('(pointer: coarse)').matches ? 'tap Send' : 'press Enter'}. They see it at once, or as soon as they are back.`
        }
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
      @reply=${() => this.#compose(() => conversation.compose.replyTo(message))}
      @edit=${() => this.#compose(() => conversation.compose.beginEdit(message))}
      @redact=${() => chat.redact(conversation, message)}
      @jump=${() => this.#jump(message.reply_to)}
    ></message-row>`;
  }

  #compose(begin) {
    begin();
    this.dispatchEvent(new Event('compose'));
  }

  /** The message that is replied to: who and what; looked up on the device when it is not on show. */
  #quote(seq) {
    const shown = this.conversation.window.messages.find((message) => message.seq === seq) ?? this.#quotes.get(seq);
    if (shown === undefined) {
      this.#quotes.set(seq, null);
      this.chat.message(this.conversation, seq).then((found) => {
        this.#quotes.set(seq, found ?? null);
        this.requestUpdate();
      });
    }
    if (!shown) return { who: '', text: 'An older message' };
    return {
      who: shown.sender_id === this.chat.me ? 'You' : this.person.name,
      text: bodyText(shown.body, shown.removed),
    };
  }

  /** Texts of messages that are replied to go from here, too, when they go. */
  #renewQuotes() {
    for (const [seq, quoted] of this.#quotes) {
      if (!quoted || quoted.removed) continue;
      this.chat.message(this.conversation, seq).then((found) => {
        if (!found?.removed) return;
        this.#quotes.set(seq, found);
        this.requestUpdate();
      });
    }
  }

  async #jump(seq) {
    const { window } = this.conversation;
    if (!(await window.loadUntil(seq))) return;
    window.following = false;
    await this.updateComplete;
    const row = this.#rows().find((found) => found.row.seq === seq);
    row?.scrollIntoView({ block: 'center' });
    row?.point();
  }

  /** To the first that is unread, if that is below; else to the end. */
  async #onEnd() {
    const { window } = this.conversation;
    const separator = this.renderRoot.querySelector('.unread');
    if (separator && this.#position.isBelow(separator)) separator.scrollIntoView({ block: 'start' });
    else await window.toEnd();
  }

  #rows() {
    return [...this.renderRoot.querySelectorAll('message-row')];
  }

  /** The first message of the other that is not read, if it is shown. */
  #firstUnread() {
    const { unread, seenUpto } = this.conversation;
    return unread ? this.#rows().find(({ row, mine }) => !mine && row.seq > seenUpto) : undefined;
  }

  async getUpdateComplete() {
    const done = await super.getUpdateComplete();
    await Promise.all(this.#rows().map((row) => row.updateComplete));
    return done;
  }

  firstUpdated() {
    this.#position = new ReadingPosition(this.#scroller.value, () => this.#rows());
    this.#resized.observe(this.#scroller.value);
    this.#resized.observe(this.#column.value);
  }

  updated() {
    // Rows draw themselves a moment later; only then is their height known.
    this.updateComplete.then(() => this.#place());
    this.#renewQuotes();
  }

  /** Puts the reader where they belong after something has changed its size. */
  #place() {
    const { window, unread } = this.conversation;
    if (!this.isConnected || !window.loaded) return;
    if (!window.following) this.#position.restore();
    else if (!this.#follow()) return;
    this.#position.remember();
    this.away = !window.following && (unread > 0 || window.hasNewer || this.#position.left > NEAR_END);
    this.#fill();
    this.markSeen();
  }

  /**
   * To the end; where more is unread than there is room for, only to the first of it. False while the marker above that is
   * still to be drawn: nothing may count as seen before.
   */
  #follow() {
    const { conversation } = this;
    const { window } = conversation;
    const first = window.live && this.chat.pageVisible ? undefined : this.#firstUnread();
    const separator = first?.previousElementSibling;
    const stop = separator?.classList.contains('unread') ? separator : first;
    if (this.#position.toEnd(stop) && !window.hasNewer) {
      window.live = this.chat.synced && window.coveredUpto >= conversation.lastSeq;
      return true;
    }
    if (stop === first && window.unreadAfter !== conversation.seenUpto) {
      window.unreadAfter = conversation.seenUpto;
      this.requestUpdate();
      return false;
    }
    window.following = false;
    return true;
  }

  /** Marks what can be seen as read. */
  markSeen() {
    const { conversation } = this;
    if (!this.chat.pageVisible || !conversation.unread || !this.#position) return;
    const row = this.#position.lastSeen();
    if (!row) return;
    const { coveredUpto, lastHeld } = conversation.window;
    conversation.markSeen(row === this.#rows().at(-1) ? coveredUpto : (row.row.seq ?? lastHeld));
  }

  /** Loads more where the messages that are there do not fill the view. */
  #fill() {
    const { window } = this.conversation;
    if (window.hasOlder && !window.error && this.#scroller.value.scrollTop < NEAR_EDGE) window.loadOlder();
    else if (window.hasNewer && this.#position.left < NEAR_EDGE) window.loadNewer();
  }

  #onScroll() {
    const { window, unread } = this.conversation;
    const { left } = this.#position;
    window.following = left < NEAR_END && !window.hasNewer;
    this.away = !window.following && (unread > 0 || window.hasNewer || left > this.#scroller.value.clientHeight);
    this.#position.remember();
    this.#fill();
    this.markSeen();
  }
}
customElements.define('message-log', MessageLog);
