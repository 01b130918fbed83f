import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noEffects, reactionsOf, withEntry } from '../src/messages/effects.js';
import { MessageStore } from '../src/messages/message-store.js';
import { Outbox } from '../src/messages/outbox.js';
import { add, contiguousAfter, cutBelow, missing } from '../src/messages/ranges.js';
import { shownRange } from '../src/messages/record.js';
import { MemoryStore } from '../src/store/memory-store.js';

const ID = 'd.ann.bob';
const at = (seq) => new Date(1_700_000_000_000 + seq).toISOString();
const entry = (seq, fields = {}) => ({
  conversation_id: ID,
  seq,
  sender_id: 'bob',
  client_id: `c${seq}`,
  sent_at: at(seq),
  stored_at: at(seq),
  kind: 'message',
  body: { type: 'text', text: `text ${seq}` },
  ...fields,
});
const edit = (seq, target, text) => entry(seq, { kind: 'edit', target, body: { type: 'text', text } });
const redaction = (seq, target, body) => entry(seq, { kind: 'redaction', target, body });
const reaction = (seq, target, sender_id, remove) =>
  entry(seq, { kind: 'reaction', target, sender_id, body: { type: 'reaction', reaction: '👍', remove } });

function permutations(items) {
  if (items.length < 2) return [items];
  return items.flatMap((item, i) =>
    permutations([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]),
  );
}

async function opened(store = new MemoryStore()) {
  const messageStore = new MessageStore(store);
  await messageStore.open('ann');
  messageStore.firstSync = false;
  return { messageStore, store };
}

describe('sets of numbers', () => {
  it('are the same whatever the order in which they were put together', () => {
    for (const order of permutations([
      [1, 2],
      [3, 3],
      [7, 9],
      [5, 5],
      [8, 11],
    ])) {
      const set = order.reduce((ranges, [from, to]) => add(ranges, from, to), []);
      assert.deepEqual(set, [
        [1, 3],
        [5, 5],
        [7, 11],
      ]);
    }
  });

  it('tell what is missing and how far they go', () => {
    const set = [
      [1, 3],
      [5, 5],
      [7, 11],
    ];
    assert.deepEqual(missing(set, 1, 13), [
      [4, 4],
      [6, 6],
      [12, 13],
    ]);
    assert.deepEqual(missing(set, 8, 10), []);
    assert.equal(contiguousAfter(set, 0), 3);
    assert.equal(contiguousAfter(set, 3), 3);
    assert.equal(contiguousAfter(set, 9), 11);
    assert.deepEqual(cutBelow(set, 8), [[8, 11]]);
  });
});

describe('what later entries do to a message', () => {
  it('does not depend on the order in which they arrive', () => {
    const entries = [
      edit(2, 1, 'b'),
      edit(3, 1, 'c'),
      reaction(4, 1, 'bob'),
      reaction(5, 1, 'bob', true),
      reaction(6, 1, 'eve'),
    ];
    for (const order of permutations(entries)) {
      const effects = order.reduce(withEntry, noEffects());
      assert.equal(effects.edit.body.text, 'c');
      assert.deepEqual(reactionsOf(effects), { '👍': ['eve'] });
    }
  });

  it('ends with its redaction', () => {
    for (const order of permutations([edit(2, 1, 'b'), redaction(3, 1), reaction(4, 1, 'bob')])) {
      const effects = order.reduce(withEntry, noEffects());
      assert.equal(effects.removed, 'redacted');
      assert.equal(effects.edit, null);
      assert.deepEqual(reactionsOf(effects), {});
    }
  });
});

describe('the message store', () => {
  it('keeps no text of what was removed, in whichever order it heard of it', async () => {
    const entries = [
      entry(1),
      edit(2, 1, 'text changed'),
      redaction(3, 1),
      entry(4, { body: { type: 'text', text: 'stays' } }),
    ];
    for (const order of permutations(entries)) {
      const { messageStore, store } = await opened();
      for (const one of order) await messageStore.applyPushed([one]);
      assert.ok(!/text 1|text changed/.test(JSON.stringify([...store.all()])), order.map(({ seq }) => seq).join());
      const messages = await messageStore.messages(ID);
      assert.deepEqual(
        messages.map(({ seq, removed }) => [seq, removed]),
        [
          [1, 'redacted'],
          [4, undefined],
        ],
      );
    }
  });

  it('keeps no text of a range that was deleted, not even of what arrives later', async () => {
    for (const order of permutations([
      entry(1),
      entry(2),
      edit(3, 2, 'text changed'),
      redaction(4, 1, { type: 'range', upto: 2 }),
    ])) {
      const { messageStore, store } = await opened();
      for (const one of order) await messageStore.applyPushed([one]);
      assert.ok(
        !/text 1|text 2|text changed/.test(JSON.stringify([...store.all()])),
        order.map(({ seq }) => seq).join(),
      );
      assert.deepEqual(
        (await messageStore.messages(ID)).map(({ removed }) => removed),
        ['deleted', 'deleted'],
      );
    }
  });

  it('lets go of what has expired', async () => {
    const { messageStore, store } = await opened();
    await messageStore.applyPushed([entry(1, { expires_at: at(2) })]);
    assert.equal((await messageStore.messages(ID))[0].removed, 'expired');
    await messageStore.applySyncPage({ conversations: [], entries: [], cursor: 'x', more: false });
    assert.ok(!JSON.stringify([...store.all()]).includes('text 1'));
  });

  it('gives up an edit that waits for a message that was removed', async () => {
    const { messageStore } = await opened();
    await messageStore.applyPushed([entry(1, { sender_id: 'ann' })]);
    const item = {
      order: 1,
      client_id: 'e',
      conversation_id: ID,
      operation: 'mds.edit',
      request: { target: 1, body: {} },
      queued_at: at(1),
      state: 'queued',
    };
    await messageStore.change(async (change) => change.queue(item));
    await messageStore.applyPushed([redaction(2, 1)]);
    assert.equal(messageStore.outbox.size, 0);
  });

  it('shows own changes before the server has them', async () => {
    const { messageStore } = await opened();
    await messageStore.applyPushed([entry(1, { sender_id: 'ann' }), entry(2)]);
    const queue = (client_id, operation, request) =>
      messageStore.change(async (change) =>
        change.queue({
          order: messageStore.outbox.nextOrder(1),
          client_id,
          conversation_id: ID,
          operation,
          request,
          queued_at: at(1),
          state: 'queued',
        }),
      );
    await queue('a', 'mds.edit', { target: 1, body: { type: 'text', text: 'mine' } });
    await queue('b', 'mds.react', { target: 2, reaction: '👍' });
    const [one, two] = await messageStore.messages(ID);
    assert.equal(one.body.text, 'mine');
    assert.deepEqual(two.reactions, { '👍': ['ann'] });
  });

  it('counts unread messages once, whichever way they came', async () => {
    const { messageStore } = await opened();
    await messageStore.applyPushed([entry(1), entry(2, { sender_id: 'ann' }), entry(3), edit(4, 3, 'x')]);
    assert.equal(messageStore.summary(ID).unread, 2);
    await messageStore.applyPushed([entry(3), entry(7)]);
    assert.equal(messageStore.summary(ID).unread, 3);
    await messageStore.applyHistoryPage(ID, { entries: [entry(5), entry(6)] });
    assert.equal(messageStore.summary(ID).unread, 5);
    await messageStore.markRead(ID, 5);
    assert.equal(messageStore.summary(ID).unread, 2);
    await messageStore.applyReceipt({ conversation_id: ID, user_id: 'ann', read_upto: 6 });
    assert.equal(messageStore.summary(ID).unread, 1);
    await messageStore.applySyncPage({
      conversations: [{ conversation_id: ID, last_seq: 9, unread: 3, read_upto: 6, delivered_upto: 6 }],
      entries: [],
      cursor: 'x',
    });
    assert.equal(messageStore.summary(ID).unread, 3);
    await messageStore.applyHistoryPage(ID, { entries: [entry(8), entry(9)] });
    assert.equal(messageStore.summary(ID).unread, 3);
    await messageStore.markRead(ID, 9);
    assert.equal(messageStore.summary(ID).unread, 0);
  });

  it('counts no message that was removed before it was read', async () => {
    const { messageStore } = await opened();
    const unread = () => messageStore.summary(ID).unread;
    const hour = (hours) => new Date(Date.now() + hours * 3_600_000).toISOString();
    await messageStore.applyPushed(
      [1, 2, 3, 4].map((seq) => entry(seq)).concat(entry(5, { expires_at: hour(1) }), entry(6)),
    );
    assert.equal(unread(), 6);
    await messageStore.applyPushed([edit(7, 1, 'x'), redaction(8, 1), redaction(9, 1)]);
    assert.equal(unread(), 5);
    await messageStore.applyPushed([redaction(10, 2, { type: 'range', upto: 3 })]);
    assert.equal(unread(), 3);
    messageStore.clock.set(hour(2));
    await messageStore.removeExpired();
    assert.equal(unread(), 2);
    await messageStore.applyPushed([redaction(12, 11), entry(11)]);
    assert.equal(unread(), 2);
    await messageStore.markRead(ID, 4);
    assert.equal(unread(), 1);
  });

  it('tells each entry that is news once, in the order of the log, and no history', async () => {
    const { messageStore } = await opened();
    const told = [];
    messageStore.onEvent = (event, { seq }) =>
      ['entry', 'message', 'change'].includes(event) && told.push(`${event} ${seq}`);
    await messageStore.applyHistoryPage(ID, { entries: [entry(1), entry(2)] });
    await messageStore.applyPushed([entry(6), entry(4), edit(5, 4, 'x')]);
    assert.deepEqual(told, []);
    await messageStore.applyPushed([entry(3)]);
    await messageStore.applyPushed([entry(3), entry(6)]);
    assert.deepEqual(told, [
      'entry 3',
      'message 3',
      'entry 4',
      'message 4',
      'entry 5',
      'change 5',
      'entry 6',
      'message 6',
    ]);
  });

  it('takes any text for a reaction', async () => {
    const { messageStore } = await opened();
    await messageStore.applyPushed([entry(1)]);
    const words = ['constructor', '__proto__', 'toString'];
    const shown = async () => Object.entries((await messageStore.messages(ID))[0].reactions);
    for (const [i, word] of words.entries()) {
      const request = { target: 1, reaction: word };
      const about = { order: i, client_id: word, conversation_id: ID, queued_at: at(1), state: 'queued' };
      await messageStore.change(async (change) => change.queue({ ...about, operation: 'mds.react', request }));
    }
    assert.deepEqual(
      await shown(),
      words.map((word) => [word, ['ann']]),
    );
    for (const [i, word] of words.entries()) {
      await messageStore.applyPushed([{ ...reaction(i + 2, 1, 'bob'), body: { type: 'reaction', reaction: word } }]);
    }
    assert.deepEqual(
      await shown(),
      words.map((word) => [word, ['bob', 'ann']]),
    );
  });

  it('shows nothing above a small hole, but does not wait for a large one', () => {
    const record = (ranges) => ({ ranges });
    assert.deepEqual(
      shownRange(
        record([
          [1, 100],
          [103, 103],
        ]),
      ),
      [1, 100],
    );
    assert.deepEqual(
      shownRange(
        record([
          [1, 100],
          [5000, 5050],
        ]),
      ),
      [5000, 5050],
    );
    assert.deepEqual(
      shownRange(
        record([
          [1, 100],
          [5000, 5050],
          [5053, 5053],
        ]),
      ),
      [5000, 5050],
    );
    assert.deepEqual(shownRange(record([])), [1, 0]);
  });

  it('makes room without losing what nobody has been told of', async () => {
    const { messageStore, store } = await opened();
    await messageStore.applyPushed(Array.from({ length: 300 }, (_, i) => entry(i + 1)));
    await messageStore.applyAcknowledged(ID, { delivered_upto: 150 });
    const writes = await messageStore.makeRoom([{ table: 'outbox', key: 'x', value: 1 }], () => 170);
    await store.commit(writes);
    assert.equal((await store.list('entries')).length, 150);
    assert.equal((await messageStore.messages(ID, { limit: 1000 }))[0].seq, 151);
    assert.equal(messageStore.summary(ID).gaps, 0);
    const { messageStore: again } = await opened(store);
    assert.equal((await again.messages(ID, { limit: 1000 })).length, 150);
  });

  it('is of one user', async () => {
    const { store } = await opened();
    await assert.rejects(new MessageStore(store).open('bob'), { code: 'conflict' });
  });
});

describe('the outbox', () => {
  const item = (order, client_id) => ({ order, client_id, conversation_id: ID, state: 'queued', request: {} });

  it('keeps its order when the clock goes back over a restart', () => {
    const outbox = new Outbox();
    outbox.load([item(5_000_000, 'b'), item(4_000_000, 'a')]);
    assert.ok(outbox.nextOrder(1) > 5_000_000);
    outbox.put(item(outbox.nextOrder(1), 'c'));
    assert.deepEqual(
      outbox.of(ID).map(({ client_id }) => client_id),
      ['a', 'b', 'c'],
    );
    assert.equal(outbox.wasSent('a'), true);
    assert.equal(outbox.wasSent('c'), false);
  });
});
