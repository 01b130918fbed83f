import { shared } from './browser-storage.js';

/** Apps remembered in this browser; the oldest goes first. */
const MAX_APPS = 20;

/** The apps this browser knows: `{app_id, name, app_key}`, the last used first. Secrets are never kept. */
export const apps = {
  list() {
    return shared.get('apps', []);
  },

  find(appId) {
    return this.list().find((app) => app.app_id === appId);
  },

  remember({ app_id, name, app_key }) {
    const others = this.list().filter((app) => app.app_id !== app_id);
    shared.set('apps', [{ app_id, name, app_key }, ...others].slice(0, MAX_APPS));
  },

  forget(appId) {
    shared.set(
      'apps',
      this.list().filter((app) => app.app_id !== appId),
    );
  },
};

/** A link that opens this page with the app chosen. The key is in the fragment, which no server gets to see. */
export function inviteLink(appKey) {
  return `${location.origin}/#app=${encodeURIComponent(appKey)}`;
}

/** Takes the app key out of the address, if there is one, and cleans the address. */
export function takeInvite() {
  const key = new URLSearchParams(location.hash.slice(1)).get('app');
  if (key) history.replaceState(null, '', location.pathname);
  return key;
}
