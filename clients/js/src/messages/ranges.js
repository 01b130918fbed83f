/**
 * Sets of sequence numbers as sorted, disjoint, inclusive intervals that do not touch.
 * @typedef {[number, number][]} Ranges
 */

/**
 * @param {Ranges} ranges
 * @param {number} from
 * @param {number} to
 * @returns {Ranges}
 */
export function add(ranges, from, to) {
  if (from > to) return ranges;
  const last = ranges.at(-1);
  if (last && from === last[1] + 1) return [...ranges.slice(0, -1), [last[0], to]];
  const before = ranges.filter(([, end]) => end < from - 1);
  const after = ranges.filter(([start]) => start > to + 1);
  const touched = ranges.slice(before.length, ranges.length - after.length);
  const start = Math.min(from, ...touched.map(([low]) => low));
  const end = Math.max(to, ...touched.map(([, high]) => high));
  return [...before, [start, end], ...after];
}

/**
 * @param {Ranges} ranges
 * @param {number} seq
 */
export const has = (ranges, seq) => ranges.some(([start, end]) => start <= seq && seq <= end);

/**
 * What is missing between two numbers, both included, lowest first.
 * @param {Ranges} ranges
 * @param {number} from
 * @param {number} to
 * @returns {Ranges}
 */
export function missing(ranges, from, to) {
  /** @type {Ranges} */
  const holes = [];
  let next = from;
  for (const [start, end] of ranges) {
    if (end < next) continue;
    if (start > to) break;
    if (start > next) holes.push([next, start - 1]);
    next = end + 1;
  }
  if (next <= to) holes.push([next, to]);
  return holes;
}

/**
 * How far they go on without a hole after a number: that number itself if the next one is missing.
 * @param {Ranges} ranges
 * @param {number} from
 */
export function contiguousAfter(ranges, from) {
  const range = ranges.find(([start, end]) => start <= from + 1 && end > from);
  return range ? range[1] : from;
}

/**
 * Without what is below a number.
 * @param {Ranges} ranges
 * @param {number} seq
 * @returns {Ranges}
 */
export function cutBelow(ranges, seq) {
  return ranges.filter(([, end]) => end >= seq).map(([start, end]) => [Math.max(start, seq), end]);
}
