/**
 * Conditions by field, all of which must hold. A field is a path with dots, such as `body.text`. A condition is a value
 * (the field equals it), a list (it equals one of them) or `{exists: true}` / `{exists: false}`.
 * @typedef {Record<string, any>} Where
 */

/**
 * @param {any} event
 * @param {string} path
 */
function fieldOf(event, path) {
  let value = event;
  for (const name of path.split('.')) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

/**
 * @param {any} one
 * @param {any} other
 */
const same = (one, other) =>
  one === other || (typeof one === 'object' && JSON.stringify(one) === JSON.stringify(other));

/**
 * @param {any} event
 * @param {Where} [where]
 */
export function matches(event, where = {}) {
  return Object.entries(where).every(([path, condition]) => {
    const value = fieldOf(event, path);
    if (Array.isArray(condition)) return condition.some((allowed) => same(value, allowed));
    if (condition && typeof condition === 'object' && Object.keys(condition).join() === 'exists') {
      return condition.exists === (value !== undefined && value !== null);
    }
    return same(value, condition);
  });
}
