const DAY_MS = 86_400_000;

const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'long' });
const shortDate = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const longDate = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const fullDate = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

/** @param {Date} date */
const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
/** @param {string} text */
const capital = (text) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** @param {Date} date */
function daysAgo(date) {
  return Math.round((midnight(new Date()) - midnight(date)) / DAY_MS);
}

/**
 * The time of day.
 * @param {string} time
 */
export const timeOf = (time) => clock.format(new Date(time));

/**
 * Everything, for a tooltip.
 * @param {string} time
 */
export const exactTime = (time) => exact.format(new Date(time));

/**
 * A heading for a day: today, yesterday, a weekday, a date.
 * @param {string} time
 */
export function dayName(time) {
  const date = new Date(time);
  const days = daysAgo(date);
  if (days <= 1) return capital(relative.format(-days, 'day'));
  if (date.getFullYear() === new Date().getFullYear()) return longDate.format(date);
  return fullDate.format(date);
}

/**
 * As short as it can be, for lists.
 * @param {string} time
 */
export function briefTime(time) {
  const date = new Date(time);
  const days = daysAgo(date);
  if (days <= 0) return clock.format(date);
  if (days < 7) return weekday.format(date);
  if (date.getFullYear() === new Date().getFullYear()) return shortDate.format(date);
  return fullDate.format(date);
}

/**
 * How long ago, in words.
 * @param {string} time
 */
export function ago(time) {
  const seconds = (Date.now() - Date.parse(time)) / 1_000;
  if (!(seconds >= 60)) return 'just now';
  if (seconds < 3_600) return relative.format(-Math.floor(seconds / 60), 'minute');
  if (seconds < 86_400) return relative.format(-Math.floor(seconds / 3_600), 'hour');
  return relative.format(-Math.floor(seconds / 86_400), 'day');
}
