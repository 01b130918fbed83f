import { LitElement, html, css } from 'lit';
import { base, buttons } from './styles.js';
import './copy-button.js';

/** Display of the secret of a new app, the only time that anyone can see it. Event: `done`. */
export class AppSecret extends LitElement {
  static properties = { app: { attribute: false } };

  static styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        gap: var(--gap-4);
      }

      h2 {
        font-size: var(--text-title);
        letter-spacing: -0.02em;
        overflow-wrap: anywhere;
      }

      p,
      dt {
        color: var(--ink-soft);
      }

      dl {
        display: grid;
        gap: var(--gap-4);
        margin: 0;
      }

      dt {
        display: flex;
        align-items: center;
        justify-content: space-between;
        font-weight: 600;
        font-size: var(--text-small);
      }

      dd {
        margin: var(--gap-2) 0 0;
        padding: var(--gap-3);
        border-radius: var(--round);
        background: var(--paper);
        font: var(--text-small) / 1.5 var(--font-mono);
        overflow-wrap: anywhere;
        user-select: all;
      }
    `,
  ];

  render() {
    const { name, app_id: id, app_secret: secret } = this.app;
    return html`
      <h2 tabindex="-1">${name} is ready</h2>
      <p>
        Keep the secret somewhere safe, such as a password manager. It is <strong>shown only now</strong>: the server
        keeps no more than a hash of it. You need it to make a new app key and to connect a server of your own, not to
        chat.
      </p>
      <dl>
        <div>
          <dt>App secret <copy-button .text=${secret} label="Copy secret"></copy-button></dt>
          <dd id="secret">${secret}</dd>
        </div>
        <div>
          <dt>App id <copy-button .text=${id} label="Copy id"></copy-button></dt>
          <dd>${id}</dd>
        </div>
      </dl>
      <button class="primary" @click=${() => this.dispatchEvent(new Event('done'))}>I have kept it, go on</button>
    `;
  }

  firstUpdated() {
    this.renderRoot.querySelector('h2').focus();
  }
}
customElements.define('app-secret', AppSecret);
