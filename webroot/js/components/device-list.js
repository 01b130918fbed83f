import { LitElement, html, css, nothing } from 'lit';
import { base, buttons, fields } from './styles.js';
import { errorText } from './field.js';
import { icons } from './icons.js';
import { explain } from '../text/explain.js';
import { ago, exactTime } from '../text/times.js';
import { deviceName } from '../text/device-name.js';

/** List of the device sessions of the account, each of which can be ended. */
export class DeviceList extends LitElement {
  static properties = {
    session: { attribute: false },
    devices: { state: true },
    ending: { state: true },
    problem: { state: true },
  };

  static styles = [
    base,
    buttons,
    fields,
    css`
      ul {
        display: grid;
        gap: var(--gap-3);
        margin: 0;
        padding: 0;
        list-style: none;
      }

      li {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        align-items: center;
        gap: var(--gap-3);
      }

      small {
        display: block;
        color: var(--ink-faint);
        font-size: var(--text-small);
      }

      p {
        color: var(--ink-soft);
      }
    `,
  ];

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  render() {
    return html`
      ${this.problem ? errorText(this.problem) : nothing}
      ${this.devices ? this.#list() : this.problem ? nothing : html`<p role="status">Loading …</p>`}
    `;
  }

  #list() {
    return html`<ul>
      ${this.devices.map(
        (device) => html`<li>
          ${icons.device}
          <span>
            ${deviceName(device.user_agent)}
            <small title=${device.last_seen_at ? exactTime(device.last_seen_at) : nothing}>${this.#seen(device)}</small>
          </span>
          ${
            this.#isThis(device)
              ? nothing
              : html`<button
                class="small danger"
                ?disabled=${this.ending === device.device_id}
                aria-label="Log out ${deviceName(device.user_agent)}, ${this.#seen(device)}"
                @click=${() => this.#end(device)}
              >
                Log out
              </button>`
          }
        </li>`,
      )}
    </ul>`;
  }

  #isThis(device) {
    return device.current || device.device_id === this.session.account?.device_id;
  }

  #seen(device) {
    if (this.#isThis(device)) return 'This device';
    return `Last seen ${ago(device.last_seen_at ?? device.created_at)}`;
  }

  async #load() {
    try {
      const { sessions = [] } = await this.session.request('ums.user.sessions');
      const order = (device) => (this.#isThis(device) ? '~' : (device.last_seen_at ?? ''));
      this.devices = [...sessions].sort((a, b) => order(b).localeCompare(order(a)));
      this.problem = '';
    } catch (error) {
      this.problem = explain(error);
    }
  }

  async #end(device) {
    this.ending = device.device_id;
    try {
      await this.session.request('ums.user.logout', { device_id: device.device_id });
      await this.#load();
    } catch (error) {
      this.problem = explain(error);
    } finally {
      this.ending = null;
    }
  }
}
customElements.define('device-list', DeviceList);
