const REMOVED = { redacted: 'This message was deleted', deleted: 'This message was deleted', expired: 'This message has expired' };

/** A message in one line: its text, or what it is. */
export function bodyText(body, removed) {
  if (removed) return REMOVED[removed] ?? REMOVED.deleted;
  switch (body?.type) {
    case 'text':
      return String(body.text ?? '');
    case 'file':
      return `File: ${body.name ?? 'without a name'}`;
    case 'location':
      return `Place: ${body.name ?? `${body.latitude}, ${body.longitude}`}`;
    default:
      return 'A message of a kind that this page cannot show yet';
  }
}
