import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsOf } from '../webroot/js/chat/rows.js';
import { messageOf } from './support/fake-client.js';

const at = (seq, stored_at, more = {}) => messageOf(seq, { stored_at, ...more });
const kinds = (rows) => rows.map(({ type, seq }) => (type === 'message' ? seq : type));

test('a day begins with its name', () => {
  const messages = [at(1, '2026-11-28T12:00:00'), at(2, '2026-11-28T12:01:00'), at(3, '2026-11-29T12:00:00')];
  assert.deepEqual(kinds(rowsOf({ messages, unreadAfter: null }, 'me')), ['day', 1, 2, 'day', 3]);
});

test('messages of one person within minutes are a group', () => {
  const messages = [
    at(1, '2026-11-28T12:00:00'),
    at(2, '2026-11-28T12:04:00'),
    at(3, '2026-11-28T12:10:00'),
    at(4, '2026-11-28T12:10:01', { sender_id: 'me' }),
  ];
  const rows = rowsOf({ messages, unreadAfter: null }, 'me').filter(({ type }) => type === 'message');
  assert.deepEqual(
    rows.map(({ first, last }) => [first, last]),
    [
      [true, false],
      [false, true],
      [true, true],
      [true, true],
    ],
  );
});

test('what has failed stands apart', () => {
  const time = '2026-11-28T12:00:00';
  const messages = [1, 2].map((seq) => at(seq, time, { sender_id: 'me', state: seq === 2 ? 'failed' : 'stored' }));
  const [, one, two] = rowsOf({ messages, unreadAfter: null }, 'me');
  assert.equal(one.last, true);
  assert.equal(two.first, true);
});

test('the unread marker is above the first message of the other that is not read', () => {
  const time = '2026-11-28T12:00:00';
  const messages = [at(1, time), at(2, time, { sender_id: 'me' }), at(3, time), at(4, time)];
  assert.deepEqual(kinds(rowsOf({ messages, unreadAfter: 1 }, 'me')), ['day', 1, 2, 'unread', 3, 4]);
  assert.deepEqual(kinds(rowsOf({ messages, unreadAfter: 4 }, 'me')), ['day', 1, 2, 3, 4]);
});

test('a message keeps its key when it gets its number', () => {
  const queued = messageOf(undefined, {
    client_id: 'c',
    sender_id: 'me',
    sent_at: '2026-11-28T12:00:00',
    stored_at: undefined,
  });
  const stored = messageOf(7, { client_id: 'c', sender_id: 'me' });
  const key = (message) => rowsOf({ messages: [message], unreadAfter: null }, 'me')[1].key;
  assert.equal(key(queued), key(stored));
});
