import { LitElement, html, css, nothing } from 'lit';
import { base, buttons, fields } from './styles.js';
import { errorText, field } from './field.js';
import { FormState } from './form-state.js';
import { icons } from './icons.js';
import { apps } from '../session/apps.js';

/** Chooser of the app to chat in. Events: `app-created`, `app-chosen` (detail: the app). */
export class AppChooser extends LitElement {
  static properties = { directory: { attribute: false }, joining: { state: true }, needsKey: { state: true } };

  static styles = [
    base,
    buttons,
    fields,
    css`
      :host,
      form {
        display: grid;
        gap: var(--gap-4);
      }

      h2 {
        font-size: var(--text-title);
        letter-spacing: -0.02em;
      }

      p {
        color: var(--ink-soft);
      }

      ul {
        display: grid;
        gap: var(--gap-2);
        margin: 0;
        padding: 0;
        list-style: none;
      }

      li {
        display: flex;
        gap: var(--gap-1);
      }

      li .choose {
        flex: 1;
        min-width: 0;
        justify-content: space-between;
        border-radius: var(--round);
        text-align: start;
      }

      .choose span {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .either {
        padding-top: var(--gap-4);
        border-top: 1px solid var(--line);
      }
    `,
  ];

  #create = new FormState(this, ['name', 'operator_key']);
  #join = new FormState(this, ['app_key']);

  render() {
    return html`
      ${this.#known()}
      <h2>Start an app</h2>
      <p>An app is a world of its own: people and messages of one app are never seen from another.</p>
      <form @submit=${this.#onCreate}>
        ${field({
          name: 'name',
          label: 'Name of the app',
          placeholder: 'Team Jupiter',
          maxlength: 100,
          error: this.#create.errors.name,
        })}
        ${
          this.needsKey
            ? field({
                name: 'operator_key',
                label: "The operator's key",
                type: 'password',
                hint: 'On this server, only those who have this key may create apps.',
                error: this.#create.errors.operator_key,
              })
            : nothing
        }
        ${this.#create.errors.form ? errorText(this.#create.errors.form) : nothing}
        <button class="primary" ?disabled=${this.#create.busy}>
          ${this.#create.busy ? 'Creating …' : 'Create the app'}
        </button>
      </form>
      <div class="either">${this.joining ? this.#joinForm() : this.#joinOffer()}</div>
    `;
  }

  #known() {
    const known = apps.list();
    if (!known.length) return nothing;
    return html`<h2>Choose an app</h2>
      <ul>
        ${known.map(
          (app) => html`<li>
            <button class="choose" @click=${() => this.#emit('app-chosen', app)}>
              <span>${app.name}</span>${icons.next}
            </button>
            <button
              class="quiet icon-only"
              aria-label="Forget ${app.name} on this browser"
              title="Forget on this browser"
              @click=${() => this.#forget(app)}
            >
              ${icons.close}
            </button>
          </li>`,
        )}
      </ul>`;
  }

  #joinOffer() {
    return html`<p>
      Were you given an app key?
      <button type="button" class="link" @click=${() => (this.joining = true)}>Use the key</button>
    </p>`;
  }

  #joinForm() {
    return html`<form @submit=${this.#onJoin}>
      ${field({
        name: 'app_key',
        label: 'App key',
        hint: 'A long line of letters that whoever runs the app has given you.',
        error: this.#join.errors.app_key ?? this.#join.errors.form,
      })}
      <button ?disabled=${this.#join.busy}>${this.#join.busy ? 'Checking …' : 'Use this app'}</button>
    </form>`;
  }

  updated(changed) {
    if (changed.has('joining') && this.joining) this.renderRoot.querySelector('#app_key').focus();
  }

  async #onCreate(event) {
    const app = await this.#create.submit(event, ({ name, operator_key: key }) =>
      this.directory.createApp(name.trim(), key?.trim()),
    );
    const { errors } = this.#create;
    if (/operator/i.test(errors.form ?? errors.operator_key)) this.needsKey = true;
    if (app) this.#emit('app-created', app);
  }

  async #onJoin(event) {
    const app = await this.#join.submit(event, async ({ app_key }) => {
      const found = await this.directory.useAppKey(app_key.trim());
      if (!found) throw new Error('This app key is not known to this server. Check that all of it was pasted.');
      return found;
    });
    if (app) this.#emit('app-chosen', app);
  }

  #forget(app) {
    apps.forget(app.app_id);
    this.requestUpdate();
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
customElements.define('app-chooser', AppChooser);
