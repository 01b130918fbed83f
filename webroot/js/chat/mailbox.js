/** Entries a page. */
const PAGE = 100;
/** Pages read per direction: conversations older than these appear again when someone writes in them. */
const MAX_PAGES = 5;

async function readDirection(session, operation, since, onEntries) {
  let cursor;
  for (let page = 0; page < MAX_PAGES; page++) {
    const request = { limit: PAGE };
    if (since) request.since = since;
    if (cursor) request.cursor = cursor;
    const reply = await session.request(operation, request);
    onEntries(reply.messages ?? []);
    cursor = reply.cursor;
    if (!reply.more || !cursor) return;
  }
}

/** Reads received and sent messages, newest first, since a time if given, page by page. */
export async function readMailbox(session, since, onEntries) {
  await Promise.all([
    readDirection(session, 'mds.received', since, onEntries),
    readDirection(session, 'mds.sent', since, onEntries),
  ]);
}
