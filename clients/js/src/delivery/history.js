import { missing } from '../messages/ranges.js';

/** Entries of a page if not said otherwise. */
const PAGE = 50;
/** The server gives no more at once. */
const MAX_PAGE = 200;

/**
 * Brings older entries onto the device where they are not there yet.
 *
 * @param {import('../messages/message-store.js').MessageStore} messageStore
 * @param {import('../connection/server-connection.js').ServerConnection} server
 * @param {string} conversationId
 * @param {{before?: number, after?: number, from?: string | Date, limit?: number}} [where]
 * @returns {Promise<{count: number, more: boolean, first: number}>} entries there are now in that place, whether there
 *   are more in that direction, and the `seq` of the first
 */
export async function readHistory(messageStore, server, conversationId, { before, after, from, limit = PAGE } = {}) {
  const size = Math.min(limit, MAX_PAGE);
  const record = messageStore.record(conversationId);
  if (from !== undefined || after !== undefined || !record) {
    const place =
      from !== undefined
        ? { from: new Date(from).toISOString() }
        : after !== undefined
          ? { after }
          : before
            ? { before }
            : {};
    return fetchPage(messageStore, server, conversationId, { ...place, limit: size });
  }
  const high = Math.min(before ?? Infinity, record.last_seq + 1) - 1;
  const low = Math.max(high - size + 1, record.first_seq, 1);
  if (high < low) return { count: 0, more: false, first: 0 };
  const holes = missing(record.ranges, low, high);
  const lowest = holes[0];
  if (!lowest) return { count: high - low + 1, more: low > Math.max(record.first_seq, 1), first: low };
  const top = holes[holes.length - 1][1];
  const page = await fetchPage(messageStore, server, conversationId, { before: top + 1, limit: top - lowest[0] + 1 });
  const first = page.first ? Math.min(page.first, high) : high;
  return { count: high - first + 1, more: page.more, first };
}

/**
 * @param {import('../messages/message-store.js').MessageStore} messageStore
 * @param {import('../connection/server-connection.js').ServerConnection} server
 * @param {string} conversationId
 * @param {any} place
 */
async function fetchPage(messageStore, server, conversationId, place) {
  const page = await server.request('mss.history', { conversation_id: conversationId, ...place });
  const backwards = place.after === undefined && place.from === undefined;
  await messageStore.applyHistoryPage(conversationId, page, { first: backwards && !page.more });
  return { count: page.entries.length, more: page.more === true, first: page.entries[0]?.seq ?? 0 };
}
