/**
 * Calls back again and again, in browsers also while the page is in the background for long.
 * @param {number} intervalMs
 * @param {() => void} callback
 * @returns {() => void} ends it
 */
export function every(intervalMs, callback) {
  const worker = tickingWorker();
  if (!worker) {
    const timer = setInterval(callback, intervalMs);
    return () => clearInterval(timer);
  }
  worker.onmessage = callback;
  worker.postMessage(intervalMs);
  return () => worker.terminate();
}

/** @returns {Worker | null} */
function tickingWorker() {
  if (typeof document === 'undefined' || typeof Worker === 'undefined') return null;
  try {
    return new Worker(new URL('./ticker.js', import.meta.url));
  } catch {
    // The page's policy lets no worker run.
    return null;
  }
}

/**
 * Calls back a little later, or at once where a page in the background would have to wait for a minute.
 * @param {number} delayMs
 * @param {() => void} callback
 * @returns {() => void} ends it
 */
export function soon(delayMs, callback) {
  if (typeof document === 'undefined' || !document.hidden) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  }
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    callback();
  };
  port2.postMessage(0);
  return () => port1.close();
}
