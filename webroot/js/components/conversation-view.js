import { LitElement, html, css } from 'lit';
import { base, buttons } from './styles.js';
import { StoreController } from './store-controller.js';
import { ago } from '../text/times.js';
import { icons } from './icons.js';
import './connection-notice.js';
import './media-viewer.js';
import './message-composer.js';
import './message-log.js';
import './planet-avatar.js';

/** One conversation: who, the messages, and where to write. Event: `leave`. */
export class ConversationView extends LitElement {
  static properties = {
    chat: { attribute: false },
    session: { attribute: false },
    conversation: { attribute: false },
    dropping: { type: Boolean, reflect: true },
  };

  static styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr) auto;
        min-width: 0;
        min-height: 0;
      }

      :host {
        position: relative;
      }

      .drop {
        position: absolute;
        inset: var(--gap-3);
        z-index: 4;
        display: none;
        place-content: center;
        justify-items: center;
        gap: var(--gap-2);
        border: 2px dashed var(--focus);
        border-radius: var(--round);
        background: color-mix(in srgb, var(--surface) 92%, transparent);
        color: var(--ink);
        font-weight: 600;
        pointer-events: none;
      }

      :host([dropping]) .drop {
        display: grid;
      }

      .drop .icon {
        width: 2.25rem;
        height: 2.25rem;
      }

      header {
        display: flex;
        align-items: center;
        gap: var(--gap-3);
        min-height: var(--bar-height);
        padding: env(safe-area-inset-top) var(--gap-4) 0;
        border-bottom: 1px solid var(--line);
      }

      h2 {
        overflow: hidden;
        font-size: 1.0625rem;
        letter-spacing: -0.01em;
        line-height: 1.25;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      header div {
        min-width: 0;
      }

      header p {
        overflow: hidden;
        color: var(--ink-faint);
        font-size: var(--text-small);
        text-overflow: ellipsis;
      }

      planet-avatar {
        width: 2.5rem;
        height: 2.5rem;
      }

      #back {
        display: none;
        margin-inline-start: calc(var(--gap-3) * -1);
        margin-inline-end: calc(var(--gap-2) * -1);
      }

      footer {
        padding: 0 var(--gap-4) max(var(--gap-4), env(safe-area-inset-bottom));
      }

      footer > * {
        max-width: var(--reading-width);
        margin-inline: auto;
      }

      connection-notice {
        display: block;
      }

      @media (max-width: 46rem) {
        #back {
          display: inline-flex;
        }

        footer {
          padding: 0 var(--gap-2) max(var(--gap-2), env(safe-area-inset-bottom));
        }
      }
    `,
  ];

  #stores = new StoreController(this);

  /** Elements entered and not left: a drag over a child leaves its parent. */
  #entered = 0;

  constructor() {
    super();
    this.addEventListener('dragenter', (event) => this.#dragged(event, 1));
    this.addEventListener('dragleave', (event) => this.#dragged(event, -1));
    this.addEventListener('dragover', (event) => hasFiles(event) && event.preventDefault());
    this.addEventListener('drop', (event) => this.#dropped(event));
  }

  #dragged(event, by) {
    if (!hasFiles(event)) return;
    event.preventDefault();
    this.#entered = Math.max(0, this.#entered + by);
    this.dropping = this.#entered > 0;
  }

  #dropped(event) {
    this.#entered = 0;
    this.dropping = false;
    if (!hasFiles(event)) return;
    event.preventDefault();
    this.renderRoot.querySelector('message-composer').attach([...event.dataTransfer.files]);
  }

  willUpdate(changed) {
    if (changed.has('chat')) this.#stores.follow(this.chat);
  }

  render() {
    const { chat, conversation } = this;
    const person = chat.people.get(conversation.peerId);
    return html`
      <div class="drop" aria-hidden="true">${icons.clip}<span>Drop files for ${person.name} here</span></div>
      <header>
        <button id="back" class="quiet icon-only" aria-label="Back to the conversations" @click=${this.#leave}>
          ${icons.back}
        </button>
        <planet-avatar
          .userId=${conversation.peerId}
          .name=${person.name}
          ?online=${chat.presence.get(conversation.peerId)?.online}
        ></planet-avatar>
        <div>
          <h2>${person.name}</h2>
          <p role="status">${this.#note(person)}</p>
        </div>
      </header>
      <message-log
        .chat=${chat}
        .conversation=${conversation}
        .person=${person}
        @compose=${this.focusComposer}
        @open-media=${(event) => this.renderRoot.querySelector('media-viewer').show(event.detail)}
      ></message-log>
      <footer>
        <connection-notice
          .session=${this.session}
          hint=${chat.durable
            ? 'What you write is kept, and sent as soon as it is back.'
            : 'What you write is sent as soon as it is back, as long as this page stays open.'}
        ></connection-notice>
        <message-composer .chat=${chat} .conversation=${conversation} .person=${person}></message-composer>
      </footer>
      <media-viewer .files=${chat.files} .conversation=${conversation}></media-viewer>
    `;
  }

  /** What the other is doing, or when they were last here. */
  #note(person) {
    const { chat, conversation } = this;
    if (conversation.peerId === chat.me) return 'Notes to yourself';
    if (conversation.typing) return 'typing …';
    const presence = chat.presence.get(conversation.peerId);
    if (presence?.online) return 'online';
    if (presence?.last_seen) return `last seen ${ago(presence.last_seen)}`;
    return person.handle;
  }

  focusComposer() {
    this.renderRoot.querySelector('message-composer')?.focus();
  }

  /** The page is looked at again, or no longer. */
  look() {
    this.renderRoot.querySelector('message-log')?.look();
  }

  #leave() {
    this.dispatchEvent(new Event('leave'));
  }
}
const hasFiles = ({ dataTransfer }) => dataTransfer?.types.includes('Files') ?? false;

customElements.define('conversation-view', ConversationView);
