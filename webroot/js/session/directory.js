import { deviceName } from '../text/device-name.js';
import { shownName } from '../text/shown.js';
import { accounts } from './accounts.js';
import { post } from './api.js';
import { apps } from './apps.js';

/** @typedef {import('./types.js').App} App */

/** Directory of what is asked before there is a user: apps, registration and login. */
export class Directory {
  #session;

  /** @param {import('./session.js').Session} session */
  constructor(session) {
    this.#session = session;
  }

  /**
   * Registers an app and remembers its key. The reply's secret is shown once and kept nowhere.
   * @param {string} name
   * @param {string} [operatorKey]
   */
  async createApp(name, operatorKey) {
    const request = operatorKey ? { name, operator_key: operatorKey } : { name };
    const app = await post('ums.app.register', request);
    apps.remember({ app_id: app.app_id, name, app_key: app.app_key });
    return { ...app, name };
  }

  /**
   * Checks an app key with the server and remembers it; null when it is worth nothing.
   * @param {string} appKey
   * @returns {Promise<App | null>}
   */
  async useAppKey(appKey) {
    const reply = await post('ums.app.verify', { app_key: appKey });
    if (!reply.valid) return null;
    const app = { app_id: reply.app_id, name: shownName(reply.name) || reply.app_id, app_key: appKey };
    apps.remember(app);
    return app;
  }

  /**
   * @param {App} app
   * @param {{username: string, password: string, name?: string}} person
   */
  async register(app, { username, password, name }) {
    const request = { app_key: app.app_key, username, password };
    await post('ums.user.register', name ? { ...request, profile: { name } } : request);
    return this.logIn(app, { username, password });
  }

  /**
   * @param {App} app
   * @param {{username: string, password: string}} person
   */
  async logIn(app, { username, password }) {
    const request = { app_key: app.app_key, username, password, user_agent: deviceName(navigator.userAgent) };
    const reply = await post('ums.user.login', { ...request, ...accounts.deviceOf(app.app_id, username) });
    apps.remember(app);
    this.#session.signIn(reply, { username, appId: app.app_id });
  }
}
