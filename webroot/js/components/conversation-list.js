import { LitElement, html, css, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { base, buttons } from './styles.js';
import { personRows } from './list-styles.js';
import { StoreController } from './store-controller.js';
import { apps, inviteLink } from '../session/apps.js';
import { bodyText } from '../text/body-text.js';
import { briefTime, exactTime } from '../text/times.js';
import './copy-button.js';
import './planet-avatar.js';

/** List of the conversations, newest first, or what to do when there are none. Event: `person-chosen` (detail: user id). */
export class ConversationList extends LitElement {
  static properties = {
    chat: { attribute: false },
    session: { attribute: false },
    selected: { attribute: false },
  };

  static styles = [
    base,
    buttons,
    personRows,
    css`
      @media (forced-colors: active) {
        .person[aria-current='true'] {
          outline: 2px solid Highlight;
          outline-offset: -2px;
        }

        .badge {
          border: 1px solid;
        }
      }

      :host {
        position: relative;
        display: block;
      }

      .end {
        display: grid;
        justify-items: end;
        align-self: start;
        gap: 0.3rem;
        padding-top: 0.3rem;
      }

      time {
        color: var(--ink-faint);
        font-size: 0.75rem;
      }

      .badge {
        min-width: 1.35rem;
        padding: 0 0.4rem;
        border-radius: var(--round-full);
        background: var(--primary);
        color: var(--on-primary);
        font: 700 0.75rem / 1.35rem var(--font);
        text-align: center;
      }

      .unread .more {
        color: var(--ink);
        font-weight: 550;
      }

      .failed {
        color: var(--danger);
      }

      .empty {
        display: grid;
        gap: var(--gap-4);
        justify-items: start;
        margin: var(--gap-2) var(--gap-3);
        padding: var(--gap-4) var(--gap-4) var(--gap-5);
        border: 1px dashed var(--line);
        border-radius: var(--round);
        color: var(--ink-soft);
      }

      .empty h2 {
        color: var(--ink);
        font-size: var(--text-lead);
      }

      ol {
        display: grid;
        gap: var(--gap-2);
        margin: 0;
        padding-inline-start: 1.2rem;
      }
    `,
  ];

  #stores = new StoreController(this);

  willUpdate(changed) {
    if (!changed.has('chat')) return;
    const { conversations, people, presence, today } = this.chat;
    this.#stores.follow(conversations, people, presence, today);
  }

  render() {
    const { conversations } = this.chat;
    const list = conversations.list(this.selected);
    if (!list.length) return conversations.loaded ? this.#empty() : nothing;
    return html`<nav aria-label="Conversations">
      <ul>
        ${repeat(
          list,
          (conversation) => conversation.peerId,
          (conversation) => this.#row(conversation),
        )}
      </ul>
    </nav>`;
  }

  #row(conversation) {
    const { peerId, unread, newestAt: time } = conversation;
    const person = this.chat.people.get(peerId);
    const online = this.chat.presence.get(peerId)?.online;
    return html`<li>
      <button
        class="person ${unread ? 'unread' : ''}"
        data-user=${peerId}
        aria-current=${conversation === this.selected ? 'true' : nothing}
        @click=${() => this.dispatchEvent(new CustomEvent('person-chosen', { detail: peerId }))}
      >
        <planet-avatar .userId=${peerId} .name=${person.name} ?online=${online}></planet-avatar>
        <span>
          <span class="name"
            ><b>${peerId === this.chat.me ? `${person.name} (you)` : person.name}</b>${
              person.ambiguous && person.handle ? html` <small>${person.handle}</small>` : nothing
            }</span
          >
          <span class="more">${this.#preview(conversation)}</span>
        </span>
        <span class="end">
          ${online ? html`<span class="sr-only">online</span>` : nothing}
          ${time ? html`<time datetime=${time} title=${exactTime(time)}>${briefTime(time)}</time>` : nothing}
          ${
            unread
              ? html`<span class="badge"><span>${unread > 99 ? '99+' : unread}</span><span class="sr-only"> unread</span></span>`
              : nothing
          }
        </span>
      </button>
    </li>`;
  }

  #preview(conversation) {
    const {
      summary,
      typing,
      compose: { draft },
    } = conversation;
    if (typing) return html`<em>typing …</em>`;
    if (summary?.failed) return html`<span class="failed">Not sent</span>`;
    if (draft && conversation !== this.selected) return html`<em>Draft:</em> ${draft.slice(0, 80)}`;
    const { last, queued_body: waiting } = summary ?? {};
    if (!waiting && !last) return 'Say hello';
    const text = bodyText(waiting ?? last.body, last?.removed).slice(0, 120);
    return waiting || last.sender_id === this.chat.me ? `You: ${text}` : text;
  }

  #empty() {
    const app = apps.find(this.session.account?.app_id);
    return html`<section class="empty" aria-label="Getting started">
      <h2>It takes two to chat</h2>
      <ol>
        <li>Copy the invitation link.</li>
        <li>Send it to somebody, or open it in another window to try both sides yourself.</li>
        <li>Once they are registered, find them above by username.</li>
      </ol>
      ${app ? html`<copy-button primary .text=${inviteLink(app.app_key)} label="Copy invitation link"></copy-button>` : nothing}
    </section>`;
  }

  focusPerson(userId) {
    const row = [...this.renderRoot.querySelectorAll('.person')].find((button) => button.dataset.user === userId);
    row?.focus();
    return Boolean(row);
  }
}
customElements.define('conversation-list', ConversationList);
