import { LitElement, html, css, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { base, buttons } from './styles.js';
import { icons } from './icons.js';
import { kindOf } from '../text/body-text.js';
import { shownFileName } from '../text/shown.js';
import { sizeText } from '../text/sizes.js';

/** Chips of the files that go with the next message. Event: `remove` (detail: the id of one). */
export class AttachmentChips extends LitElement {
  static properties = { attachments: { attribute: false } };

  static styles = [
    base,
    buttons,
    css`
      ul {
        display: flex;
        gap: var(--gap-2);
        margin: 0 0 var(--gap-2);
        padding: 2px;
        overflow-x: auto;
        scrollbar-width: thin;
        list-style: none;
      }

      li {
        display: grid;
        flex: none;
        grid-template-columns: 2.6rem minmax(0, 9rem) auto;
        align-items: center;
        gap: var(--gap-2);
        padding: 0.3rem;
        border: 1px solid var(--line);
        border-radius: var(--round);
        background: var(--raised);
      }

      .sign {
        display: grid;
        place-items: center;
        width: 2.6rem;
        height: 2.6rem;
        border-radius: var(--round-small);
        background: var(--hover);
        color: var(--ink-soft);
        overflow: hidden;
      }

      img {
        width: 100%;
        height: 100%;
        object-fit: cover;
      }

      .what {
        display: grid;
        font-size: var(--text-small);
        line-height: 1.3;
      }

      b {
        overflow: hidden;
        font-weight: 600;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .what span {
        color: var(--ink-soft);
      }

      button {
        width: 2.25rem;
        min-height: 2.25rem;
      }
    `,
  ];

  render() {
    if (!this.attachments.length) return nothing;
    return html`<ul aria-label="Files to send">
      ${repeat(
        this.attachments,
        ({ id }) => id,
        (attachment) => this.#chip(attachment),
      )}
    </ul>`;
  }

  #chip({ id, file, url }) {
    const picture = kindOf({ mime_type: file.type }) === 'image';
    return html`<li>
      <span class="sign">${picture ? html`<img src=${url} alt="" />` : icons.file}</span>
      <span class="what"><b>${shownFileName(file.name)}</b><span>${sizeText(file.size)}</span></span>
      <button
        type="button"
        class="quiet icon-only"
        aria-label="Do not send ${shownFileName(file.name)}"
        @click=${() => this.dispatchEvent(new CustomEvent('remove', { detail: id }))}
      >
        ${icons.close}
      </button>
    </li>`;
  }
}
customElements.define('attachment-chips', AttachmentChips);
