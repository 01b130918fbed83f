/**
 * Lets the app start without a network: what a page has loaded is kept, and served when the server cannot be reached.
 * While it can, everything is asked for again, which costs no more than a 304; so a new version needs no more than a
 * reload.
 */
const CACHE = 'jovial-shell-1';
/** A network that takes longer than this, in milliseconds, is as good as none. */
const PATIENCE_MS = 3_000;
/** Files of the app kept at most. */
const MAX_FILES = 400;
/** What is not part of the app itself. */
const NOT_OURS = /^\/(api|eventbus|files|spaces|docs|openapi\.json|\.well-known)(\/|$)/;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));

async function takeOver() {
  for (const name of await caches.keys()) {
    if (name.startsWith('jovial-shell-') && name !== CACHE) await caches.delete(name);
  }
  await self.clients.claim();
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin || NOT_OURS.test(url.pathname)) return;
  event.respondWith(answer(request, url));
});

/** The page tells what it has loaded before this worker was there. */
self.addEventListener('message', (event) => {
  if (event.data?.type === 'keep') event.waitUntil(keepAll(event.data.paths));
});

async function keepAll(paths) {
  const cache = await caches.open(CACHE);
  for (const path of paths.slice(0, MAX_FILES)) {
    if (!NOT_OURS.test(path) && !(await cache.match(path))) await cache.add(path).catch(() => {});
  }
}

async function answer(request, url) {
  const cache = await caches.open(CACHE);
  const key = request.mode === 'navigate' ? '/' : url.pathname;
  const fromNetwork = fetch(request).then(async (response) => {
    if (response.ok && response.type === 'basic') await keep(cache, key, response.clone());
    return response;
  });
  fromNetwork.catch(() => {});
  const kept = await cache.match(key);
  if (!kept) return fromNetwork;
  // What has its version in its path never changes.
  if (/^\/(webjars|app)\//.test(url.pathname)) return kept;
  const tired = new Promise((resolve) => setTimeout(() => resolve(kept), PATIENCE_MS));
  return Promise.race([fromNetwork.catch(() => kept), tired]);
}

/** Of the scripts of the app only the newest is of use. */
async function keep(cache, key, response) {
  await cache.put(key, response);
  if (!key.startsWith('/app/')) return;
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url);
    if (pathname.startsWith('/app/') && pathname !== key) await cache.delete(pathname);
  }
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(show(event.notification.data?.with));
});

async function show(userId) {
  const address = `/#${new URLSearchParams({ with: userId })}`;
  const [page] = await self.clients.matchAll({ type: 'window' });
  if (!page) return self.clients.openWindow(address);
  page.postMessage({ type: 'open', with: userId });
  return page.focus();
}
