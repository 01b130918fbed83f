/** Stands for a character that cannot be seen, so that a name that has one differs from its twin. */
const MARK = '\ufffd';
/** Marks that a letter carries at most in a name; more are piled up to hide what is around it. */
const MAX_MARKS = 4;
const FIRST_STRONG_ISOLATE = '\u2068';
const LEFT_TO_RIGHT_ISOLATE = '\u2066';
const POP_ISOLATE = '\u2069';

/** Scripts whose letters join, or do not, by zero-width characters (RFC 5892, A.1 and A.2). */
const JOINING = String.raw`[[\p{L}\p{M}]--[\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{sc=Hani}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Zyyy}\p{sc=Zinh}]]`;
/** Default_Ignorable_Code_Point of Unicode, control characters, and others that are drawn as nothing. */
const INVISIBLE = String.raw`[\p{DI}\p{Cc}\u2800\ufff9-\ufffb]`;
/** What has a meaning where it stands: in emoji, between joining letters, with ideographs. */
const MEANT = String.raw`\p{RGI_Emoji}|(?<=${JOINING})[\u200c\u200d](?=${JOINING})|(?<=\p{sc=Hani})[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]|(?<=\p{Emoji})[\ufe0e\ufe0f]`;

const MEANT_OR_INVISIBLE = new RegExp(`${MEANT}|(?<invisible>${INVISIBLE})`, 'gv');
const PILED_MARKS = new RegExp(`(\\p{M}{${MAX_MARKS}})\\p{M}+`, 'gu');
const NOTHING_VISIBLE = new RegExp(String.raw`^(?:\s|\p{M}|${INVISIBLE})*$`, 'v');
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** Characters that turn letters around: no script needs them. */
const OVERRIDES = /[\u202d\u202e]/gu;

/**
 * Whether there is nothing to be seen in a text.
 * @param {string} text
 */
export const isBlank = (text) => NOTHING_VISIBLE.test(text);

/** @param {string} text */
function visible(text) {
  const oneLine = text.replace(/[\p{Z}\t-\r\u0085]+/gu, ' ').replace(/^ | $/gu, '');
  return oneLine
    .replace(MEANT_OR_INVISIBLE, (...match) => (match.at(-1).invisible === undefined ? match[0] : MARK))
    .replace(PILED_MARKS, '$1');
}

/**
 * A name that somebody gave themselves, as it is shown: on one line, with a mark for each character that cannot be seen, and
 * without an effect on the direction of what is around it. Empty when there is nothing to be seen in it.
 * @param {string | undefined} name
 */
export function shownName(name = '') {
  if (isBlank(name)) return '';
  const shown = visible(name);
  return RIGHT_TO_LEFT.test(shown) ? FIRST_STRONG_ISOLATE + shown + POP_ISOLATE : shown;
}

/**
 * The name of a file as it is shown: its ending is always last.
 * @param {string | undefined} name
 */
export function shownFileName(name = '') {
  if (isBlank(name)) return 'without a name';
  const shown = visible(name);
  return RIGHT_TO_LEFT.test(shown) ? LEFT_TO_RIGHT_ISOLATE + shown + POP_ISOLATE : shown;
}

/**
 * Splits a shown file name, so that its ending can be seen where there is no room for all of it.
 * @param {string} name
 * @returns {[string, string]}
 */
export function splitEnding(name) {
  const [ending = ''] = /\.[^.]{1,10}$/u.exec(name) ?? [];
  return [name.slice(0, name.length - ending.length), ending];
}

/**
 * The text of a message as it is shown: what turns letters around is a mark.
 * @param {string} text
 */
export const shownText = (text) => text.replace(OVERRIDES, MARK);
