import { html, LitElement, nothing } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { base, buttons } from './styles.js';
import { conversationView } from './conversation-view-styles.js';
import { StoreController } from './store-controller.js';
import { ago } from '../text/times.js';
import { icons } from './icons.js';
import { hasFiles } from './file-drops.js';
import './connection-notice.js';
import './media-viewer.js';
import './message-composer.js';
import './message-log.js';
import './planet-avatar.js';

/** View of one conversation: who, the messages, and where to write. Event: `leave`. */
export class ConversationView extends LitElement {
  static properties = {
    chat: { attribute: false },
    session: { attribute: false },
    conversation: { attribute: false },
    dropping: { type: Boolean, reflect: true },
  };

  static styles = [base, buttons, conversationView];

  #stores = new StoreController(this);
  #log = createRef();
  #composer = createRef();
  #viewer = createRef();

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
    this.#composer.value.attach([...event.dataTransfer.files]);
  }

  willUpdate(changed) {
    if (!changed.has('chat') && !changed.has('conversation')) return;
    const { people, presence } = this.chat;
    this.#stores.follow(this.conversation, people, presence);
  }

  render() {
    const { chat, conversation } = this;
    const person = chat.people.get(conversation.peerId);
    if (person.missing && !conversation.lastSeq) return this.#nobody();
    return html`
      <div class="drop" aria-hidden="true">${icons.clip}<span>Drop files for ${person.label} here</span></div>
      <header>
        ${this.#back()}
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
        ${ref(this.#log)}
        .chat=${chat}
        .conversation=${conversation}
        .person=${person}
        @compose=${this.focusComposer}
        @open-media=${(event) => this.#viewer.value.show(event.detail)}
      ></message-log>
      <footer>
        <connection-notice
          .session=${this.session}
          hint=${
            chat.durable
              ? 'What you write is kept, and sent as soon as it is back.'
              : 'What you write is sent as soon as it is back, as long as this page stays open.'
          }
        ></connection-notice>
        <message-composer ${ref(this.#composer)} .chat=${chat} .conversation=${conversation} .person=${person}></message-composer>
      </footer>
      <media-viewer ${ref(this.#viewer)} .files=${chat.files} .conversation=${conversation}></media-viewer>
    `;
  }

  #nobody() {
    return html`<header>${this.#back()}</header>
      <div class="nobody" role="status">
        <h2>Nobody is here</h2>
        <p>This address leads to nobody in this app. Check it, or find the person by username.</p>
      </div>`;
  }

  #back() {
    return html`<button id="back" class="quiet icon-only" aria-label="Back to the conversations" @click=${this.#leave}>
      ${icons.back}
    </button>`;
  }

  /** Which of those who may have the same name this is, and what they are doing, or when they were last here. */
  #note(person) {
    const { chat, conversation } = this;
    if (conversation.peerId === chat.me) return 'Notes to yourself';
    const doing = this.#doing();
    return html`<span>${person.handle}</span>${doing ? html`<span>${person.handle ? ' · ' : ''}${doing}</span>` : nothing}`;
  }

  #doing() {
    const { typing, peerId } = this.conversation;
    if (typing) return 'typing …';
    const presence = this.chat.presence.get(peerId);
    if (presence?.online) return 'online';
    return presence?.last_seen ? `last seen ${ago(presence.last_seen)}` : '';
  }

  focusComposer() {
    this.#composer.value?.focus();
  }

  /** The page is looked at again, or no longer. */
  markSeen() {
    this.#log.value?.markSeen();
  }

  #leave() {
    this.dispatchEvent(new Event('leave'));
  }
}
customElements.define('conversation-view', ConversationView);
