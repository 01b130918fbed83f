const LINK = /\bhttps?:\/\/[^\s<>"'`]+/giu;
/** Punctuation that ends a sentence rather than an address. */
const TRAILING = /[.,;:!?…]+$/u;

/** Cuts what does not belong to the address, such as the bracket that a text put it in. */
function endOf(candidate) {
  let link = candidate.replace(TRAILING, '');
  for (const [open, close] of ['()', '[]', '{}']) {
    while (link.endsWith(close) && link.split(close).length > link.split(open).length) {
      link = link.slice(0, -1).replace(TRAILING, '');
    }
  }
  return link;
}

function isAddress(link) {
  try {
    return ['http:', 'https:'].includes(new URL(link).protocol);
  } catch {
    return false;
  }
}

/** Splits a text into `{text}` and `{link}` parts. Only http and https addresses become links. */
export function linkify(text) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const link = endOf(match[0]);
    if (!isAddress(link)) continue;
    if (match.index > from) parts.push({ text: text.slice(from, match.index) });
    parts.push({ link });
    from = match.index + link.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}

/** True for a text of one to three emoji and nothing else. */
export function isOnlyEmoji(text) {
  const bare = text.replace(/\s+/gu, '');
  if (!bare || bare.length > 40 || !/^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{RI}|\u200d|\ufe0f)+$/u.test(bare)) {
    return false;
  }
  return [...new Intl.Segmenter().segment(bare)].length <= 3;
}
