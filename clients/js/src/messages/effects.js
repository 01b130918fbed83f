/**
 * What later entries did to a message; kept beside it, or in wait for it. Entries may be applied in any order and
 * more than once.
 *
 * @typedef {object} Effects
 * @property {{seq: number, body: any, at: string} | null} edit the newest one
 * @property {number[]} edits all of them, whose bodies go when the message goes
 * @property {Record<string, Record<string, {seq: number, on: boolean}>>} reactions by reaction and user
 * @property {'redacted' | 'deleted' | 'expired' | null} removed
 */

/** Edits remembered of a message; the body of each is removed with it. */
const MAX_EDITS = 1_000;

/**
 * What an object has under a key of its own: `constructor` is a reaction like any other.
 * @template T
 * @param {Record<string, T>} object
 * @param {string} key
 * @returns {T | undefined}
 */
export const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);

/** @returns {Effects} */
export const noEffects = () => ({ edit: null, edits: [], reactions: {}, removed: null });

/**
 * @param {Effects} effects
 * @param {any} entry an edit, a reaction or a redaction of one message
 * @returns {Effects}
 */
export function withEntry(effects, entry) {
  switch (entry.kind) {
    case 'edit':
      return withEdit(effects, entry);
    case 'reaction':
      return withReaction(effects, entry);
    case 'redaction':
      return { ...effects, removed: 'redacted', edit: null, reactions: {} };
    default:
      return effects;
  }
}

/**
 * @param {Effects} effects
 * @param {any} entry
 * @returns {Effects}
 */
function withEdit(effects, entry) {
  const edits = effects.edits.includes(entry.seq) ? effects.edits : [...effects.edits, entry.seq].slice(-MAX_EDITS);
  const newer = !effects.edit || effects.edit.seq < entry.seq;
  if (effects.removed || !newer || !entry.body) return { ...effects, edits };
  return { ...effects, edits, edit: { seq: entry.seq, body: entry.body, at: entry.stored_at } };
}

/**
 * @param {Effects} effects
 * @param {any} entry
 * @returns {Effects}
 */
function withReaction(effects, entry) {
  const reaction = entry.body?.reaction;
  if (effects.removed || typeof reaction !== 'string') return effects;
  const users = own(effects.reactions, reaction) ?? {};
  if (users[entry.sender_id]?.seq >= entry.seq) return effects;
  const changed = { ...users, [entry.sender_id]: { seq: entry.seq, on: !entry.body.remove } };
  return { ...effects, reactions: { ...effects.reactions, [reaction]: changed } };
}

/**
 * Reactions as shown: who, in the order in which they reacted.
 * @param {Effects} effects
 * @returns {Record<string, string[]>}
 */
export function reactionsOf(effects) {
  /** @type {[string, string[], number][]} */
  const shown = [];
  for (const [reaction, users] of Object.entries(effects.reactions)) {
    const on = Object.entries(users)
      .filter(([, { on }]) => on)
      .sort(([, a], [, b]) => a.seq - b.seq);
    if (on.length) shown.push([reaction, on.map(([userId]) => userId), on[0][1].seq]);
  }
  return Object.fromEntries(shown.sort((a, b) => a[2] - b[2]).map(([reaction, users]) => [reaction, users]));
}
