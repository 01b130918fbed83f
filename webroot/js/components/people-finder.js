import { LitElement, html, css, nothing } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { base, fields } from './styles.js';
import { personRows } from './list-styles.js';
import { icons } from './icons.js';
import { explain } from '../text/explain.js';
import { isComposing } from '../text/keys.js';
import './planet-avatar.js';

/** The pause in typing, in milliseconds, after which the server is asked. */
const PAUSE_MS = 180;

/**
 * Finds people by the start of their username; a combobox in the words of WAI-ARIA.
 * Events: `searching` (detail: bool), `person-chosen` (detail: user id).
 */
export class PeopleFinder extends LitElement {
  static properties = {
    people: { attribute: false },
    me: { attribute: false },
    query: { state: true },
    found: { state: true },
    problem: { state: true },
    active: { state: true },
  };

  static styles = [
    base,
    fields,
    personRows,
    css`
      :host {
        display: block;
        scrollbar-width: thin;
        scrollbar-color: var(--line) transparent;
      }

      .box {
        position: relative;
        color: var(--ink-faint);
      }

      .box .icon {
        position: absolute;
        inset: 0 auto 0 0.9rem;
        margin: auto;
      }

      input {
        min-height: 2.75rem;
        padding-inline-start: 2.7rem;
        border-radius: var(--round-full);
        background: var(--surface);
      }

      input::-webkit-search-cancel-button {
        appearance: none;
      }

      ul {
        padding: var(--gap-2) 0 0;
      }

      p {
        padding: var(--gap-4) var(--gap-3);
        color: var(--ink-soft);
      }
    `,
  ];

  #input = createRef();

  constructor() {
    super();
    this.query = '';
    this.found = null;
    this.problem = '';
    this.active = 0;
  }

  render() {
    const open = this.query !== '';
    return html`<div role="search">
      <div class="box">
        ${icons.search}
        <input
          ${ref(this.#input)}
          type="search"
          role="combobox"
          aria-label="Find people by username"
          aria-expanded=${open && this.found?.length ? 'true' : 'false'}
          aria-controls="found"
          aria-activedescendant=${this.found?.length ? `person-${this.active}` : nothing}
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          placeholder="Find people by username"
          .value=${this.query}
          @input=${(event) => this.#type(event.target.value)}
          @keydown=${this.#onKey}
        />
      </div>
      <div role="status" class=${this.found?.length ? 'sr-only' : ''}>${open ? this.#status() : nothing}</div>
      <ul id="found" role="listbox" aria-label="People found" ?hidden=${!open || !this.found?.length}>
        ${this.found?.map((person, index) => this.#row(person, index))}
      </ul>
    </div>`;
  }

  #status() {
    if (this.problem) return html`<p>${this.problem}</p>`;
    if (!this.found) return nothing;
    if (this.found.length) return `${this.found.length} found`;
    return html`<p>
      Nobody here has a username that begins with <strong>${this.query.trim()}</strong>. Check the spelling, or invite them:
      the link is in your account.
    </p>`;
  }

  #row(person, index) {
    return html`<li
      class="person"
      role="option"
      id="person-${index}"
      aria-selected=${index === this.active ? 'true' : 'false'}
      ?data-active=${index === this.active}
      @click=${() => this.#choose(person)}
    >
      <planet-avatar .userId=${person.user_id} .name=${person.name}></planet-avatar>
      <span>
        <span class="name">${person.name}${person.user_id === this.me ? ' (you)' : ''}</span>
        <span class="more">${person.handle}</span>
      </span>
    </li>`;
  }

  focus() {
    this.#input.value.focus();
  }

  #type(query) {
    this.query = query;
    this.problem = '';
    clearTimeout(this.timer);
    this.dispatchEvent(new CustomEvent('searching', { detail: query !== '' }));
    if (query.trim()) this.timer = setTimeout(() => this.#find(), PAUSE_MS);
    else this.found = null;
  }

  async #find() {
    const query = this.query;
    try {
      const found = await this.people.find(query.trim().replace(/^@/, ''));
      if (query !== this.query) return;
      this.found = found;
      this.active = 0;
    } catch (error) {
      this.found = null;
      this.problem = explain(error);
    }
  }

  #choose(person) {
    this.#type('');
    this.dispatchEvent(new CustomEvent('person-chosen', { detail: person.user_id }));
  }

  #onKey(event) {
    if (isComposing(event)) return;
    const count = this.found?.length ?? 0;
    if (event.key === 'Escape' && this.query) {
      this.#type('');
      event.preventDefault();
    } else if (event.key === 'Enter' && count) {
      this.#choose(this.found[this.active]);
      event.preventDefault();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && count) {
      this.active = (this.active + (event.key === 'ArrowDown' ? 1 : count - 1)) % count;
      event.preventDefault();
    }
  }

  updated(changed) {
    if (changed.has('active')) this.renderRoot.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' });
  }
}
customElements.define('people-finder', PeopleFinder);
