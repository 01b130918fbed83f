const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];

const formats = [0, 0, 1, 1, 1].map((digits) => new Intl.NumberFormat(undefined, { maximumFractionDigits: digits }));

/**
 * A number of bytes, as people say it.
 * @param {number} bytes
 */
export function sizeText(bytes) {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${formats[power].format(bytes / 1000 ** power)} ${UNITS[power]}`;
}

/**
 * A length of time as on a player: 0:07, 12:03, 1:02:03.
 * @param {number} ms
 */
export function lengthText(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
  if (seconds >= 3600) parts.unshift(Math.floor(seconds / 3600));
  return parts.map((part, i) => (i ? String(part).padStart(2, '0') : part)).join(':');
}
