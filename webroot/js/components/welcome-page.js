import { LitElement, html, nothing } from 'lit';
import { base, buttons } from './styles.js';
import { welcomePage } from './welcome-page-styles.js';
import { StoreController } from './store-controller.js';
import { mark, orbits } from './brand.js';
import { apps } from '../session/apps.js';
import { explain } from '../text/explain.js';
import './app-chooser.js';
import './app-secret.js';
import './sign-in.js';

/** Page for those who are not logged in: choose or create an app, keep its secret, then log in or register. */
export class WelcomePage extends LitElement {
  static properties = {
    session: { attribute: false },
    directory: { attribute: false },
    inviteKey: { attribute: false },
    step: { state: true },
    app: { state: true },
    problem: { state: true },
  };

  static styles = [base, buttons, welcomePage];

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
