const BROWSERS = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['Firefox', 'Firefox'],
  ['FxiOS', 'Firefox'],
  ['CriOS', 'Chrome'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
];
const SYSTEMS = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'Mac'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
];

/**
 * @param {string[][]} pairs
 * @param {string} userAgent
 */
const pick = (pairs, userAgent) => pairs.find(([sign]) => userAgent.includes(sign))?.[1];

/**
 * A device in words: "Firefox on Linux". Takes a browser's user agent, or words that a client chose itself.
 * @param {string | undefined} userAgent
 */
export function deviceName(userAgent) {
  if (!userAgent) return 'A device';
  if (!userAgent.startsWith('Mozilla/')) return userAgent.slice(0, 40);
  const browser = pick(BROWSERS, userAgent);
  const system = pick(SYSTEMS, userAgent);
  if (browser && system) return `${browser} on ${system}`;
  return browser ?? system ?? 'A browser';
}
