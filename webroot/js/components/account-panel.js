import { LitElement, html, nothing } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { base, buttons } from './styles.js';
import { accountPanel } from './account-panel-styles.js';
import { icons } from './icons.js';
import { accounts } from '../session/accounts.js';
import { apps, inviteLink } from '../session/apps.js';
import { THEMES, chooseTheme, theme } from '../theme.js';
import './copy-button.js';
import './device-list.js';
import './modal-dialog.js';
import './planet-avatar.js';

const THEME_NAMES = { system: 'As the system', light: 'Light', dark: 'Dark' };

/** Drawer of the account: invitation, appearance, devices, other accounts, log out. */
export class AccountPanel extends LitElement {
  static properties = {
    session: { attribute: false },
    chat: { attribute: false },
    open: { state: true },
    leaving: { state: true },
    sure: { state: true },
  };

  static styles = [base, buttons, accountPanel];

  #dialog = createRef();

  render() {
    return html`<modal-dialog ${ref(this.#dialog)} label="Your account" @close=${this.#onClose}>
      ${this.open ? this.#content() : nothing}
    </modal-dialog>`;
  }

  #content() {
    const { account } = this.session;
    if (!account) return nothing;
    const me = this.chat.people.get(account.user_id);
    const app = apps.find(account.app_id);
    return html`<div class="content">
      <div class="top">
        <h2>Your account</h2>
        <button class="quiet icon-only" aria-label="Close" @click=${this.#close}>${icons.close}</button>
      </div>
      <section class="who" aria-label="You">
        <planet-avatar .userId=${account.user_id} .name=${me.known ? me.name : account.username}></planet-avatar>
        <div>
          <strong>${me.known ? me.name : account.username}</strong>
          <p>@${account.username}${app ? html` in ${app.name}` : nothing}</p>
        </div>
      </section>
      ${app ? this.#invitation(app) : nothing}
      <section>
        <h3 id="look">Appearance</h3>
        <div class="themes" role="group" aria-labelledby="look">${THEMES.map((choice) => this.#theme(choice))}</div>
      </section>
      ${this.#notifications()}
      <section>
        <h3>Devices that are logged in</h3>
        <device-list .session=${this.session}></device-list>
      </section>
      ${this.#others(account)}
    </div>`;
  }

  #invitation(app) {
    return html`<section>
      <h3>Invite</h3>
      <p>Whoever opens this link can register in ${app.name}, on this server.</p>
      <copy-button .text=${inviteLink(app.app_key)} label="Copy invitation link"></copy-button>
    </section>`;
  }

  #notifications() {
    const { notifications } = this.chat;
    const words = {
      denied: 'Your browser does not allow this page to notify you. You can change that in its settings for this page.',
      impossible: 'This browser cannot notify you from here; it wants the page on https.',
    };
    return html`<section>
      <h3>Notifications</h3>
      ${
        words[notifications.state]
          ? html`<p>${words[notifications.state]}</p>`
          : html`<p>Of new messages, while you look elsewhere.</p>
            <button class="small" aria-pressed=${notifications.state === 'on'} @click=${this.#notify}>
              ${icons.bell} ${notifications.state === 'on' ? 'On. Turn off' : 'Turn on'}
            </button>`
      }
    </section>`;
  }

  async #notify() {
    const { notifications } = this.chat;
    await (notifications.state === 'on' ? notifications.turnOff() : notifications.turnOn());
    this.requestUpdate();
  }

  #theme(choice) {
    const choose = () => {
      chooseTheme(choice);
      this.requestUpdate();
    };
    return html`<button class="small" aria-pressed=${theme() === choice} @click=${choose}>${THEME_NAMES[choice]}</button>`;
  }

  #others(account) {
    const others = accounts.list().filter((other) => other.refresh_token && other.user_id !== account.user_id);
    return html`<section>
      <h3>Accounts in this tab</h3>
      ${others.map(
        (other) => html`<button class="account" @click=${() => this.#use(other.user_id)}>
          <planet-avatar .userId=${other.user_id} .name=${other.username}></planet-avatar>
          Continue as ${other.username}
        </button>`,
      )}
      <button class="small" @click=${() => this.#use(null)}>${icons.plus} Use another account</button>
      <button class="small danger" ?disabled=${this.leaving} @click=${this.#logOut}>
        ${icons.leave} ${this.#leaveText()}
      </button>
    </section>`;
  }

  show() {
    this.open = true;
    this.leaving = false;
    this.sure = false;
    this.#dialog.value.show();
  }

  #onClose() {
    this.open = false;
  }

  #close() {
    this.#dialog.value.close();
  }

  #use(userId) {
    this.#close();
    this.session.use(userId);
  }

  #leaveText() {
    if (this.leaving) return 'Logging out …';
    return this.sure ? `Log out and lose what is not sent yet (${this.chat.conversations.unsent})` : 'Log out';
  }

  async #logOut() {
    if (this.chat.conversations.unsent && !this.sure) {
      this.sure = true;
      return;
    }
    this.leaving = true;
    await this.session.signOut();
  }
}
customElements.define('account-panel', AccountPanel);
