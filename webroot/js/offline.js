/** Keeps the app on the device, so that it starts without a network. Only on https and localhost, as browsers want it. */
export async function keepOffline() {
  if (!navigator.serviceWorker) return;
  try {
    await navigator.serviceWorker.register('/sw.js');
    const { active } = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name));
    const paths = loaded.filter(({ origin }) => origin === location.origin).map(({ pathname }) => pathname);
    active?.postMessage({ type: 'keep', paths: [...new Set(['/', '/manifest.webmanifest', ...paths])] });
  } catch (failure) {
    // A private window, for one. The app works; it only cannot start offline.
    console.warn('The app cannot be kept for offline use:', failure);
  }
}

/**
 * Calls back with the user whose notification was clicked.
 * @param {(userId: string) => void} callback
 */
export function onNotificationOpened(callback) {
  navigator.serviceWorker?.addEventListener('message', ({ data }) => data?.type === 'open' && callback(data.with));
}
