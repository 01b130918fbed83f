const EMOJI = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{RI}|\u200d|\ufe0f)+$/u;
/** UTF-16 units that three emoji take at most; longer texts are not looked at. */
const MAX_LENGTH = 40;

/**
 * True for a text of one to three emoji and nothing else.
 * @param {string} text
 */
export function isOnlyEmoji(text) {
  const bare = text.length > 2 * MAX_LENGTH ? '' : text.replace(/\s+/gu, '');
  if (!bare || bare.length > MAX_LENGTH || !EMOJI.test(bare)) return false;
  return [...new Intl.Segmenter().segment(bare)].length <= 3;
}
