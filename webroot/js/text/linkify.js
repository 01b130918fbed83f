/** Where a link may begin, or a mail address may be around. */
const STARTS = /https?:\/\/|www\.|@/giu;
/** What may stand in an address: of ASCII what RFC 3986 has, less quotes; else letters, marks and digits of any script. */
const URL_RUN = /[A-Za-z0-9\-._~:/?#[\]@!$&()*+,;=%{}|\\^]|[^\p{ASCII}\p{P}\p{S}\p{Z}\p{C}]/uy;
/** The same of mail addresses (RFC 5321, and 6531 for letters beyond ASCII), less what is hardly ever in one. */
const LOCAL_PART = /(?:[A-Za-z0-9._%+-]|[^\p{ASCII}\p{P}\p{S}\p{Z}\p{C}])$/u;
const DOMAIN_RUN = /[A-Za-z0-9.-]|[^\p{ASCII}\p{P}\p{S}\p{Z}\p{C}]/uy;
const DOMAIN = /^(?:[\p{L}\p{N}\p{M}](?:[\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?\.)+[\p{L}\p{M}]{2,63}$/u;
/** Lengths of mail addresses (RFC 5321). */
const MAX_LOCAL_PART = 64;
const MAX_DOMAIN = 255;

/** Punctuation that ends a sentence rather than an address. */
const TRAILING = new Set('.,;:!?');
/** @type {Record<string, string>} */
const OPENING_OF = { ')': '(', ']': '[', '}': '{' };
const BRACKETS = new Set('()[]{}');

/**
 * Part of a text: as it is written, and where it leads to if it is a link.
 * @typedef {{text: string, href?: string}} Part
 */

/**
 * Splits a text into parts. Addresses of http and https, those that begin with `www.`, and mail addresses are links. Takes
 * time in proportion to the text, whatever is in it: each of its characters is looked at a bounded number of times.
 * @param {string} text
 * @returns {Part[]}
 */
export function linkify(text) {
  /** @type {Part[]} */
  const parts = [];
  let from = 0;
  const starts = new RegExp(STARTS);
  for (let match = starts.exec(text); match; match = starts.exec(text)) {
    const found = match[0] === '@' ? mailAt(text, match.index, from) : urlAt(text, match.index, match[0]);
    // What is no link is passed over as a whole: else each of a thousand beginnings would be read to the end.
    starts.lastIndex = Math.max(starts.lastIndex, found.end);
    if (!found.href) continue;
    if (found.start > from) parts.push({ text: text.slice(from, found.start) });
    parts.push({ text: text.slice(found.start, found.end), href: found.href });
    from = found.end;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}

/**
 * @param {string} text
 * @param {number} start
 * @param {string} prefix `https://`, say, or `www.`
 */
function urlAt(text, start, prefix) {
  const bare = !prefix.includes('/');
  const before = text.charAt(start - 1);
  if (/[A-Za-z0-9_]/.test(before) || (bare && /[./@:-]/.test(before))) return { start, end: start + prefix.length };
  const end = endOfRun(URL_RUN, text, start, Infinity);
  const link = trimmed(text.slice(start, end));
  const href = hrefOf(bare ? `https://${link}` : link, bare);
  return { start, end: href ? start + link.length : end, href };
}

/**
 * Cuts off what does not belong to an address, such as the bracket that a text put it in.
 * @param {string} candidate
 */
function trimmed(candidate) {
  /** @type {Record<string, number>} */
  const count = {};
  for (const character of candidate) if (BRACKETS.has(character)) count[character] = (count[character] ?? 0) + 1;
  let end = candidate.length;
  for (; end > 0; end--) {
    const last = candidate[end - 1];
    const isUnmatched = BRACKETS.has(last) && count[last] > (count[OPENING_OF[last]] ?? 0);
    if (!isUnmatched && !TRAILING.has(last)) break;
    if (isUnmatched) count[last]--;
  }
  return candidate.slice(0, end);
}

/**
 * @param {string} address
 * @param {boolean} guessed it has no scheme, so it has to look like a name of a host all the more
 */
function hrefOf(address, guessed) {
  if (!URL.canParse(address)) return undefined;
  return guessed && !/^www(?:\.[^.]+)+\.[^.]{2,}$/i.test(new URL(address).hostname) ? undefined : address;
}

/**
 * @param {string} text
 * @param {number} at where the `@` is
 * @param {number} from what is before belongs to another link
 */
function mailAt(text, at, from) {
  let start = at;
  while (start > from && at - start < MAX_LOCAL_PART) {
    const previous = charBefore(text, start);
    if (!LOCAL_PART.test(previous)) break;
    start -= previous.length;
  }
  while (start < at && /[.%+-]/.test(text[start])) start++;
  const end = endOfRun(DOMAIN_RUN, text, at + 1, at + 1 + MAX_DOMAIN);
  const domain = text.slice(at + 1, end).replace(/[.-]{1,255}$/, '');
  const local = text.slice(start, at);
  if (!local || local.endsWith('.') || local.includes('..') || !DOMAIN.test(domain)) return { start, end: at + 1 };
  const address = `${local}@${domain}`;
  return { start, end: start + address.length, href: `mailto:${encodeURIComponent(local)}@${domain}` };
}

/**
 * @param {string} text
 * @param {number} end
 */
function charBefore(text, end) {
  const isPair = end > 1 && /[\udc00-\udfff]/.test(text[end - 1]);
  return text.slice(end - (isPair ? 2 : 1), end);
}

/**
 * Where characters end that a sticky pattern for one of them takes.
 * @param {RegExp} pattern
 * @param {string} text
 * @param {number} start
 * @param {number} limit
 */
function endOfRun(pattern, text, start, limit) {
  let end = start;
  for (pattern.lastIndex = end; end < limit && pattern.test(text); pattern.lastIndex = end) end = pattern.lastIndex;
  return end;
}
