import { kindOf } from '../text/body-text.js';

/** What takes longer than this to tell its size, in milliseconds, is sent without. */
const PATIENCE_MS = 3_000;

/** Width and height of a picture or film, and its length, so that others keep the place free before it is there. */
export async function measure(file, url) {
  const kind = kindOf({ mime_type: file.type });
  const measured = kind === 'image' ? measureImage(url) : kind === 'video' || kind === 'audio' ? measureMedia(kind, url) : {};
  const tired = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, {}));
  return Promise.race([measured, tired]);
}

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

function measureMedia(kind, url) {
  const media = document.createElement(kind);
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
