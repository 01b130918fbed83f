import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Conversation } from '../webroot/js/chat/conversation.js';
import { MAX_SHOWN, PAGE } from '../webroot/js/chat/conversation-window.js';
import { Drafts } from '../webroot/js/session/drafts.js';
import { FakeClient, messageOf, summaryOf } from './support/fake-client.js';
import { FakeStorage } from './support/fake-storage.js';

async function open(count, { heldFrom = 1, ...summary } = {}) {
  const client = new FakeClient(count);
  client.heldFrom = heldFrom;
  const conversation = new Conversation(client, null, new Drafts('me', new FakeStorage()), 'peer');
  conversation.update(summaryOf(count, summary));
  await conversation.window.read();
  return { client, conversation, window: conversation.window };
}

const shown = ({ messages }) => [messages[0].seq, messages.at(-1).seq];

test('opens at the newest messages', async () => {
  const { window } = await open(500);
  assert.deepEqual(shown(window), [500 - PAGE + 1, 500]);
  assert.equal(window.hasNewer, false);
  assert.equal(window.hasOlder, true);
});

test('grows upwards, but holds no more than it may, and comes back down', async () => {
  const { window } = await open(1000);
  for (let i = 0; i < 12; i++) await window.loadOlder();
  assert.equal(window.messages.length, MAX_SHOWN);
  assert.equal(window.hasNewer, true);
  const [first] = shown(window);
  assert.equal(first, 1000 - 13 * PAGE + 1);
  for (let i = 0; i < 20; i++) await window.loadNewer();
  assert.equal(window.messages.length, MAX_SHOWN);
  assert.deepEqual(shown(window), [1000 - MAX_SHOWN + 1, 1000]);
  assert.equal(window.hasNewer, false);
});

test('reads what is not on the device yet from the server, to the beginning', async () => {
  const { window, client } = await open(120, { heldFrom: 71 });
  await window.loadOlder();
  await window.loadOlder();
  assert.deepEqual(shown(window), [1, 120]);
  assert.equal(window.hasOlder, false);
  assert.ok(client.callsOf('history').length > 0);
});

test('moves to a message of long ago, and back to the end', async () => {
  const { window } = await open(3000, { heldFrom: 2951 });
  assert.equal(await window.loadUntil(1200), true);
  assert.ok(window.messages.length <= MAX_SHOWN);
  assert.equal(window.following, false);
  await window.toEnd();
  assert.deepEqual(shown(window), [3000 - PAGE + 1, 3000]);
  assert.equal(window.following, true);
});

test('opens at the first unread message when there are more than it shows', async () => {
  const { window } = await open(400, { read_upto: 100, unread: 300, heldFrom: 301 });
  const [first, last] = shown(window);
  assert.ok(first <= 101 && last >= 101, `shows ${first} to ${last}`);
  assert.ok(window.messages.length <= MAX_SHOWN);
  assert.equal(window.hasNewer, true);
});

test('goes to the end past what is unread when one wants it, which reads that', async () => {
  const { window, client } = await open(400, { read_upto: 100, unread: 300 });
  await window.toEnd();
  assert.deepEqual(shown(window), [351, 400]);
  assert.deepEqual(
    client.callsOf('markRead').map(([, , seq]) => seq),
    [400],
  );
});

test('shows what waits to be sent only at the end', async () => {
  const { window, client } = await open(500);
  client.queued = [messageOf(undefined, { sender_id: 'me', state: 'queued' })];
  await window.read();
  assert.equal(window.messages.at(-1).state, 'queued');
  for (let i = 0; i < 8; i++) await window.loadOlder();
  assert.equal(window.messages.at(-1).state, 'received');
});

test('says why older messages cannot be loaded, unless the connection was lost', async () => {
  const { window, client } = await open(500, { heldFrom: 451 });
  client.history = () => Promise.reject(Object.assign(new Error('no'), { code: 'forbidden' }));
  await window.loadOlder();
  assert.equal(window.error.code, 'forbidden');
  client.history = () => Promise.reject(Object.assign(new Error('no'), { lost: true }));
  await window.reload();
  assert.equal(window.error, null);
});

test('covers what came after its last message, but not what it has not read yet', async () => {
  const { window, conversation, client } = await open(30);
  conversation.update(summaryOf(32));
  assert.equal(window.coveredUpto, 30);
  await window.read();
  assert.equal(window.coveredUpto, 32);
  client.log.push(messageOf(33));
  assert.equal(window.lastHeld, 30);
});

test('nothing that is read falls out of the window when new messages come', async () => {
  const { window, conversation, client } = await open(100);
  window.following = false;
  for (let seq = 101; seq <= 300; seq++) client.log.push(messageOf(seq));
  conversation.update(summaryOf(300, { read_upto: 100, unread: 200 }));
  await window.read();
  assert.deepEqual(shown(window), [51, 100]);
  assert.equal(window.hasNewer, true);
  await window.loadNewer();
  assert.deepEqual(shown(window), [51, 150]);
});

test('reads as far as was seen, each step once', async () => {
  const { conversation, client } = await open(30, { read_upto: 10, unread: 20 });
  conversation.markSeen(15);
  conversation.markSeen(15);
  conversation.markSeen(12);
  conversation.markSeen(20);
  assert.deepEqual(
    client.callsOf('markRead').map(([, , seq]) => seq),
    [15, 20],
  );
});
