import { JovialError } from '@jovial/chat';

/** How long the server may take, in milliseconds. */
const TIMEOUT_MS = 20_000;

/**
 * Calls an operation that needs no user, over HTTP: registration, login and the renewal of tokens.
 * @param {string} operation
 * @param {object} body
 * @returns {Promise<any>}
 */
export async function post(operation, body) {
  let response;
  try {
    response = await fetch(`/api/${operation}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    throw JovialError.offline();
  }
  const reply = await response.json().catch(() => ({}));
  if (response.ok) return reply;
  const { code = response.status >= 502 ? 'try_again' : 'internal', detail = response.statusText, details } = reply;
  throw new JovialError(code, detail, { status: response.status, details: details ?? {} });
}
