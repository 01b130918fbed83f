import { LitElement, html, css, nothing } from 'lit';
import { base, buttons } from './styles.js';
import { StoreController } from './store-controller.js';
import { mark, orbits } from './brand.js';
import { apps } from '../session/apps.js';
import { explain } from '../text/explain.js';
import './app-chooser.js';
import './app-secret.js';
import './sign-in.js';

/** For whoever is not logged in: choose or create an app, keep its secret, then log in or register. */
export class WelcomePage extends LitElement {
  static properties = {
    session: { attribute: false },
    directory: { attribute: false },
    inviteKey: { attribute: false },
    step: { state: true },
    app: { state: true },
    problem: { state: true },
  };

  static styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        height: 100%;
        overflow-y: auto;
        padding: max(var(--gap-5), env(safe-area-inset-top)) var(--gap-4) var(--gap-5);
        background: var(--paper);
      }

      .frame {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 27rem);
        gap: clamp(2rem, 6vw, 6rem);
        align-items: center;
        width: 100%;
        max-width: 66rem;
        margin: auto;
      }

      .brand {
        display: flex;
        align-items: center;
        gap: var(--gap-3);
        font-weight: 700;
        font-size: var(--text-lead);
        letter-spacing: -0.01em;
      }

      .mark {
        width: 2.4rem;
        height: 2.4rem;
      }

      h1 {
        margin-top: var(--gap-5);
        font-size: var(--text-display);
        font-weight: 720;
        line-height: 1.06;
        letter-spacing: -0.03em;
        text-wrap: balance;
      }

      .lead {
        margin-top: var(--gap-4);
        max-width: 26rem;
        color: var(--ink-soft);
        font-size: var(--text-lead);
      }

      .orbits {
        display: block;
        width: min(100%, 23rem);
        margin: var(--gap-5) 0 0 -1.5rem;
      }

      .card {
        padding: clamp(1.25rem, 4vw, 2.25rem);
        border: 1px solid var(--line);
        border-radius: 1.5rem;
        background: var(--surface);
        box-shadow: var(--shadow);
      }

      .notice {
        margin-bottom: var(--gap-4);
        padding: var(--gap-3) var(--gap-4);
        border-radius: var(--round);
        background: var(--notice-ground);
        color: var(--on-notice);
        font-size: var(--text-small);
      }

      @media (max-width: 52rem) {
        .frame {
          grid-template-columns: minmax(0, 1fr);
          gap: var(--gap-5);
          max-width: 27rem;
          align-items: start;
        }

        h1 {
          margin-top: var(--gap-4);
        }

        .lead {
          margin-top: var(--gap-2);
          font-size: var(--text-body);
        }

        .orbits {
          display: none;
        }
      }
    `,
  ];

  #stores = new StoreController(this);

  connectedCallback() {
    super.connectedCallback();
    this.#stores.follow(this.session);
    const known = apps.list();
    this.app = known[0] ?? null;
    this.step = this.app ? 'sign-in' : 'app';
  }

  willUpdate(changed) {
    if (changed.has('inviteKey') && this.inviteKey) this.#takeInvite(this.inviteKey);
  }

  render() {
    return html`
      <main class="frame">
        <section aria-labelledby="claim">
          <div class="brand">${mark} Jovial Chat</div>
          <h1 id="claim">Good company, on your own server.</h1>
          <p class="lead">Messages arrive as you write them, are kept by you and nobody else, and are still there tomorrow.</p>
          ${orbits}
        </section>
        <section class="card" aria-label="Get started">
          ${this.#notice()} ${this.#step()}
        </section>
      </main>
    `;
  }

  #notice() {
    const notice = this.problem || this.session.notice;
    return notice ? html`<p class="notice" role="status">${notice}</p>` : nothing;
  }

  #step() {
    switch (this.step) {
      case 'checking':
        return html`<p role="status">Opening the invitation …</p>`;
      case 'secret':
        return html`<app-secret .app=${this.app} @done=${() => this.#go('sign-in')}></app-secret>`;
      case 'sign-in':
        return html`<sign-in
          .app=${this.app}
          .directory=${this.directory}
          .session=${this.session}
          @other-app=${() => this.#go('app')}
        ></sign-in>`;
      default:
        return html`<app-chooser
          .directory=${this.directory}
          @app-created=${(event) => this.#choose(event.detail, 'secret')}
          @app-chosen=${(event) => this.#choose(event.detail, 'sign-in')}
        ></app-chooser>`;
    }
  }

  #choose(app, step) {
    this.app = app;
    this.#go(step);
  }

  #go(step) {
    this.problem = '';
    this.step = step;
  }

  async #takeInvite(key) {
    this.step = 'checking';
    try {
      const app = await this.directory.useAppKey(key);
      if (app) return this.#choose(app, 'sign-in');
      this.#go('app');
      this.problem = 'This invitation is not valid on this server. Ask for a new link, or create an app here.';
    } catch (error) {
      this.#go('app');
      this.problem = `The invitation could not be opened. ${explain(error)}`;
    }
  }
}
customElements.define('welcome-page', WelcomePage);
