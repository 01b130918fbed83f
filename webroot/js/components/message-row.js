import { LitElement, html, css, nothing } from 'lit';
import { base, buttons } from './styles.js';
import { icons } from './icons.js';
import { explain } from '../text/explain.js';
import { isOnlyEmoji, linkify } from '../text/linkify.js';
import { exactTime, timeOf } from '../text/times.js';

const OTHER_KIND = 'A message of a kind that this page cannot show yet';
const EXPIRED = 'A message that has expired';

/** One message: its text, when, and how far it got. Events: `retry`, `discard`. */
export class MessageRow extends LitElement {
  static properties = {
    row: { attribute: false },
    sender: { attribute: false },
    mine: { type: Boolean, reflect: true },
    first: { type: Boolean, reflect: true },
    last: { type: Boolean, reflect: true },
  };

  static styles = [
    base,
    buttons,
    css`
      :host {
        position: relative;
        display: flex;
        flex-direction: column;
        align-items: flex-start;
        margin-top: 2px;
      }

      :host([first]) {
        margin-top: var(--gap-3);
      }

      :host([mine]) {
        align-items: flex-end;
      }

      .bubble {
        max-width: min(85%, 34rem);
        padding: 0.45rem 0.85rem 0.5rem;
        border-radius: var(--round-bubble);
        background: var(--theirs);
        color: var(--on-theirs);
        overflow-wrap: anywhere;
        white-space: pre-wrap;
        animation: arrive var(--calm) var(--ease);
      }

      :host(:not([first])) .bubble {
        border-start-start-radius: 0.4rem;
      }

      :host(:not([last])) .bubble {
        border-end-start-radius: 0.4rem;
      }

      :host([mine]) .bubble {
        border-radius: var(--round-bubble);
        background: var(--mine);
        color: var(--on-mine);
      }

      :host([mine]:not([first])) .bubble {
        border-start-end-radius: 0.4rem;
      }

      :host([mine]:not([last])) .bubble {
        border-end-end-radius: 0.4rem;
      }

      .bubble.emoji {
        padding: 0 0.2rem;
        background: none !important;
        font-family: var(--font-emoji), var(--font);
        font-size: 2.6rem;
        line-height: 1.25;
      }

      .bubble.sending {
        opacity: 0.72;
      }

      .other-kind {
        font-style: italic;
      }

      a {
        color: var(--link);
        text-underline-offset: 0.15em;
        text-decoration-thickness: 1px;
      }

      :host([mine]) a {
        color: var(--mine-link);
      }

      .meta {
        display: flex;
        align-items: center;
        gap: 0.3rem;
        margin: 0.15rem 0.5rem 0;
        color: var(--ink-faint);
        font-size: 0.75rem;
      }

      .meta .icon {
        width: 0.9rem;
        height: 0.9rem;
        stroke-width: 2.2;
      }

      .failure {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: flex-end;
        gap: 0.2rem 0.6rem;
        max-width: min(85%, 34rem);
        margin: 0.25rem 0.5rem 0.4rem;
        color: var(--danger);
        font-size: var(--text-small);
      }

      .failure .icon {
        width: 1.1rem;
        height: 1.1rem;
      }

      .failure button.link {
        min-height: 1.75rem;
        font-size: inherit;
      }

      @keyframes arrive {
        from {
          opacity: 0;
          transform: translateY(0.35rem);
        }
      }
    `,
  ];

  render() {
    const { row } = this;
    const text = row.body.type === 'text' ? String(row.body.text ?? '') : null;
    const emoji = text !== null && isOnlyEmoji(text);
    // The spoken order is who, what, when.
    return html`
      <span class="sr-only">${this.sender}:</span>
      <div class="bubble ${row.state} ${emoji ? 'emoji' : ''}" dir="auto" title=${exactTime(row.time)}>${text === null
        ? html`<span class="other-kind">${row.body.type ? OTHER_KIND : EXPIRED}</span>`
        : linkify(text).map((part) => this.#part(part))}</div>
      ${row.state === 'failed' ? this.#failure() : this.#meta()}
    `;
  }

  #part({ text, link }) {
    return link ? html`<a href=${link} target="_blank" rel="noopener noreferrer nofollow">${link}</a>` : text;
  }

  #meta() {
    const { row } = this;
    const sending = row.state === 'sending';
    if (!this.last && !sending) return html`<span class="sr-only">${timeOf(row.time)}</span>`;
    const state = row.mine
      ? html`<span title=${sending ? 'On its way' : 'Stored on the server'}>${sending ? icons.clock : icons.check}</span
          ><span class="sr-only">${sending ? 'Sending' : 'Stored'}</span>`
      : nothing;
    return html`<div class="meta"><time datetime=${row.time}>${timeOf(row.time)}</time>${state}</div>`;
  }

  #failure() {
    return html`<div class="failure" role="alert">
      ${icons.alert}<span>Not sent. ${explain(this.row.error)}</span>
      <button class="link" @click=${() => this.dispatchEvent(new Event('retry'))}>Try again</button>
      <button class="link" @click=${() => this.dispatchEvent(new Event('discard'))}>Delete</button>
    </div>`;
  }
}
customElements.define('message-row', MessageRow);
