/** @type {Record<string, string>} */
const OURS = {
  offline: 'There is no connection to the server. Please try again in a moment.',
  timeout: 'The server did not answer in time. Please try again.',
  try_again: 'The server is busy just now. Please try again in a moment.',
  internal: 'Something went wrong on the server. Its operator finds the reason in the log.',
};

/** @param {string} text */
function sentence(text) {
  const trimmed = text.trim().replaceAll('`', '');
  const start = trimmed.charAt(0).toLocaleUpperCase() + trimmed.slice(1);
  return /[.!?]$/.test(start) ? start : `${start}.`;
}

/**
 * An error in words for people: ours where the server's would not help them, the server's otherwise.
 * @param {{code?: string, message?: string, retryAfterMs?: number}} error
 */
export function explain(error) {
  if (error.code === 'rate_limited') {
    const seconds = Math.ceil((error.retryAfterMs ?? 0) / 1_000);
    return `Too many attempts. Please try again ${seconds > 1 ? `in ${seconds} seconds` : 'in a moment'}.`;
  }
  return OURS[error.code ?? ''] ?? sentence(error.message || 'Something went wrong');
}

/** @type {Set<string | undefined>} */
const ABOUT_FIELDS = new Set(['invalid_request', 'conflict', 'too_large', undefined]);

/**
 * The field that an error is about, of those given, or ''. Servers name it in the details or in the text.
 * @param {{code?: string, message?: string, details?: any}} error
 * @param {string[]} fields
 * @returns {string}
 */
export function fieldOf(error, fields) {
  if (!ABOUT_FIELDS.has(error.code)) return '';
  const named = error.details?.field?.split('.').at(-1);
  if (fields.includes(named)) return named;
  return fields.find((field) => new RegExp(`\\b${field}\\b`, 'i').test(error.message ?? '')) ?? '';
}
