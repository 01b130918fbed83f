import { shownName } from '../text/shown.js';
import { shared } from './browser-storage.js';

/** Apps remembered in this browser; the oldest goes first. */
const MAX_APPS = 20;

/** @typedef {import('./types.js').App} App */

/** Apps that this browser knows, the last used first. Secrets are never kept. */
export const apps = {
  /** @returns {App[]} */
  list() {
    const known = shared.get('apps', []);
    return known.map((/** @type {App} */ app) => ({ ...app, name: shownName(app.name) || 'An app without a name' }));
  },

  /** @param {string | undefined} appId */
  find(appId) {
    return this.list().find((app) => app.app_id === appId);
  },

  /** @param {App} app */
  remember({ app_id, name, app_key }) {
    const others = this.list().filter((app) => app.app_id !== app_id);
    shared.set('apps', [{ app_id, name, app_key }, ...others].slice(0, MAX_APPS));
  },

  /** @param {string} appId */
  forget(appId) {
    shared.set(
      'apps',
      this.list().filter((app) => app.app_id !== appId),
    );
  },
};

/**
 * A link that opens this page with the app chosen. The key is in the fragment, which no server gets to see.
 * @param {string} appKey
 */
export function inviteLink(appKey) {
  return `${location.origin}/#app=${encodeURIComponent(appKey)}`;
}

/** Takes the app key out of the address, if there is one, and cleans the address. */
export function takeInvite() {
  const key = new URLSearchParams(location.hash.slice(1)).get('app');
  if (key) history.replaceState(null, '', location.pathname);
  return key;
}
