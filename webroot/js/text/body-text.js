import { shownFileName, shownName, shownText } from './shown.js';

/** @type {Record<string, string>} */
const REMOVED = {
  redacted: 'This message was deleted',
  deleted: 'This message was deleted',
  expired: 'This message has expired',
};

/** What browsers show as pictures; other images, drawings that may hold scripts above all, are files to be saved. */
const IMAGES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp']);
const NAMES = { image: 'Photo', video: 'Video', audio: 'Audio', voice: 'Voice note', file: 'File' };

/**
 * How a file is shown: as an image, in a player, or as a file with its name.
 * @param {{mime_type?: string, voice?: boolean}} body
 * @returns {'image' | 'video' | 'audio' | 'voice' | 'file'}
 */
export function kindOf({ mime_type: type = '', voice = false }) {
  if (voice && /^(audio|video)\//.test(type)) return 'voice';
  if (IMAGES.has(type)) return 'image';
  const [family] = type.split('/');
  return family === 'video' || family === 'audio' ? family : 'file';
}

/** @param {any} body */
function fileText(body) {
  const kind = kindOf(body);
  const what = body.text || (kind === 'file' || kind === 'audio' ? shownFileName(body.name) : '');
  return what ? `${NAMES[kind]}: ${shownText(what)}` : NAMES[kind];
}

/**
 * A message in one line: its text, or what it is.
 * @param {any} body
 * @param {string} [removed]
 * @returns {string}
 */
export function bodyText(body, removed) {
  if (removed) return REMOVED[removed] ?? REMOVED.deleted;
  switch (body?.type) {
    case 'text':
      return shownText(String(body.text ?? ''));
    case 'file':
      return fileText(body);
    case 'location':
      return `Place: ${shownName(body.name) || `${body.latitude}, ${body.longitude}`}`;
    default:
      return 'A message of a kind that this page cannot show yet';
  }
}
