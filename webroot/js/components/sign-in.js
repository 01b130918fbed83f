import { LitElement, html, nothing } from 'lit';
import { base, buttons, fields } from './styles.js';
import { signIn } from './sign-in-styles.js';
import { errorText, field } from './field.js';
import { FormState } from './form-state.js';
import { accounts } from '../session/accounts.js';
import { explain } from '../text/explain.js';
import './planet-avatar.js';

/** The server refuses shorter passwords, and longer ones. */
const MIN_PASSWORD = 8;
const MAX_PASSWORD = 256;

/** Forms to log in or register in an app. Event: `other-app`. */
export class SignIn extends LitElement {
  static properties = {
    app: { attribute: false },
    directory: { attribute: false },
    session: { attribute: false },
    mode: { state: true },
  };

  static styles = [base, buttons, fields, signIn];

  #form = new FormState(this, ['username', 'password', 'name']);

  connectedCallback() {
    super.connectedCallback();
    this.mode = this.#known().length ? 'log-in' : 'register';
  }

  render() {
    const registers = this.mode === 'register';
    return html`
      <div>
        <h2>${this.app.name}</h2>
        <p class="where">
          <button type="button" class="link" @click=${() => this.dispatchEvent(new Event('other-app'))}>
            Choose another app
          </button>
        </p>
      </div>
      ${this.#remembered()}
      <div class="modes" role="group" aria-label="New here or not">
        ${this.#mode('register', 'I am new')} ${this.#mode('log-in', 'I have an account')}
      </div>
      ${registers ? this.#registerForm() : this.#logInForm()}
    `;
  }

  #mode(mode, label) {
    const choose = () => {
      this.mode = mode;
      this.#form.reset();
    };
    return html`<button type="button" aria-pressed=${this.mode === mode} @click=${choose}>${label}</button>`;
  }

  /** Accounts of this app that are still logged in on this browser, in another tab for instance. */
  #remembered() {
    const open = this.#known().filter((account) => account.refresh_token);
    if (!open.length) return nothing;
    return html`<ul aria-label="Logged in on this browser">
      ${open.map(
        (account) => html`<li>
          <button @click=${() => this.session.use(account.user_id)}>
            <planet-avatar .userId=${account.user_id} .name=${account.username}></planet-avatar>
            Continue as ${account.username}
          </button>
        </li>`,
      )}
    </ul>`;
  }

  #registerForm() {
    const { errors, busy } = this.#form;
    return html`<form @submit=${this.#onRegister}>
      ${field({
        name: 'username',
        label: 'Username',
        hint: 'How others find you: 3 to 32 letters, digits, dots, dashes and underscores.',
        autocomplete: 'username',
        minlength: 3,
        maxlength: 32,
        error: errors.username,
      })}
      ${field({
        name: 'name',
        label: 'Your name (if you like)',
        autocomplete: 'name',
        required: false,
        maxlength: 100,
        error: errors.name,
      })}
      ${field({
        name: 'password',
        label: 'Password',
        type: 'password',
        hint: `At least ${MIN_PASSWORD} characters. A few words together are best.`,
        autocomplete: 'new-password',
        minlength: MIN_PASSWORD,
        maxlength: MAX_PASSWORD,
        error: errors.password,
      })}
      ${errors.form ? errorText(errors.form) : nothing}
      <button class="primary" ?disabled=${busy}>${busy ? 'Registering …' : 'Register and start'}</button>
    </form>`;
  }

  #logInForm() {
    const { errors, busy } = this.#form;
    const last = this.#known().find((account) => !account.refresh_token);
    return html`<form @submit=${this.#onLogIn}>
      ${field({
        name: 'username',
        label: 'Username',
        autocomplete: 'username',
        value: last?.username ?? '',
        error: errors.username,
      })}
      ${field({
        name: 'password',
        label: 'Password',
        type: 'password',
        autocomplete: 'current-password',
        error: errors.password,
      })}
      ${errors.form ? errorText(errors.form) : nothing}
      <button class="primary" ?disabled=${busy}>${busy ? 'Logging in …' : 'Log in'}</button>
    </form>`;
  }

  #onRegister(event) {
    return this.#form.submit(event, ({ username, name, password }) =>
      this.directory.register(this.app, { username: username.trim(), name: name.trim(), password }),
    );
  }

  #onLogIn(event) {
    const wording = (error) =>
      error.code === 'unauthenticated' ? 'Username and password do not match. Please check both.' : explain(error);
    return this.#form.submit(
      event,
      ({ username, password }) => this.directory.logIn(this.app, { username: username.trim(), password }),
      wording,
    );
  }

  #known() {
    return accounts.list().filter((account) => account.app_id === this.app.app_id);
  }
}
customElements.define('sign-in', SignIn);
