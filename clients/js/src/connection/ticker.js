// A worker: browsers slow the timers of pages in the background down to one a minute, but not those in here.
self.onmessage = (/** @type {any} */ { data }) => setInterval(() => self.postMessage(0), data);
