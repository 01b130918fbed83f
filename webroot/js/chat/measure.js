import { kindOf } from '../text/body-text.js';

/** What takes longer than this to tell its size, in milliseconds, is sent without. */
const PATIENCE_MS = 3_000;

/** @typedef {{width?: number, height?: number, durationMs?: number}} Measures */

/**
 * Width and height of a picture or film, and its length, so that others keep room for it before it is there.
 * @param {Blob} file
 * @param {string} url
 * @returns {Promise<Measures>}
 */
export async function measure(file, url) {
  const kind = kindOf({ mime_type: file.type });
  const measured =
    kind === 'image' ? measureImage(url) : kind === 'video' || kind === 'audio' ? measureMedia(kind, url) : {};
  /** @type {Promise<Measures>} */
  const timeout = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, {}));
  return Promise.race([measured, timeout]);
}

/**
 * @param {string} url
 * @returns {Promise<Measures>}
 */
async function measureImage(url) {
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
  } catch {
    // Called an image, and is none.
    return {};
  }
  return { width: image.naturalWidth, height: image.naturalHeight };
}

/**
 * @param {'video' | 'audio'} kind
 * @param {string} url
 * @returns {Promise<Measures>}
 */
function measureMedia(kind, url) {
  const media = /** @type {HTMLVideoElement} */ (document.createElement(kind));
  media.preload = 'metadata';
  return new Promise((resolve) => {
    media.onerror = () => resolve({});
    media.onloadedmetadata = () => {
      const length = Number.isFinite(media.duration) ? { durationMs: media.duration * 1000 } : {};
      resolve(kind === 'video' ? { width: media.videoWidth, height: media.videoHeight, ...length } : length);
      media.removeAttribute('src');
      media.load();
    };
    media.src = url;
  });
}
