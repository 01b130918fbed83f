import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { connect, directConversation, MemoryStore } from '../src/index.js';
import { matches } from '../src/triggers/where.js';
import { FakeServer } from '../test-support/fake-server.js';
import { until } from '../test-support/until.js';

const ID = directConversation('ann', 'bob');
const ANN = { user_id: 'ann' };
const BOB = { user_id: 'bob' };

/** Survives the client, as a disk would. */
class KeptStore extends MemoryStore {
  async close() {}
}

describe('a condition', () => {
  const entry = { kind: 'message', body: { type: 'text', text: 'hi', tags: ['a'] }, reply_to: 3 };

  it('compares fields by their path', () => {
    assert.ok(matches(entry, { 'body.type': 'text', reply_to: 3 }));
    assert.ok(!matches(entry, { 'body.type': 'text', reply_to: 4 }));
    assert.ok(matches(entry, { 'body.type': ['file', 'text'] }));
    assert.ok(matches(entry, { 'body.tags': [['a']] }));
    assert.ok(matches(entry, {}));
  });

  it('asks whether a field is there', () => {
    assert.ok(matches(entry, { reply_to: { exists: true }, target: { exists: false } }));
    assert.ok(!matches(entry, { 'body.text.deeper': { exists: true } }));
    assert.ok(matches(entry, { 'body.constructor': { exists: false } }));
  });
});

describe('triggers', { timeout: 30_000 }, () => {
  let server;
  let clients;

  beforeEach(async () => {
    server = new FakeServer();
    clients = [];
    await server.start();
  });

  afterEach(async () => {
    for (const client of clients) await client.close();
    await server.stop();
  });

  async function open(user, store = new KeptStore()) {
    const client = await connect({ tcp: server.address, user_token: user, user_id: user, store });
    clients.push(client);
    await until(() => client.connection === 'online');
    return client;
  }

  const synced = (client) => new Promise((resolve) => client.on('synced', resolve));

  it('fire once for each entry, live or missed, over restarts', async () => {
    const store = new KeptStore();
    const fired = [];
    const rule = { name: 'all', on: 'message', where: { sender_id: 'ann' }, do: ({ seq }) => fired.push(seq) };
    const ann = await open('ann');
    let bob = await open('bob', store);
    await bob.trigger(rule);
    await ann.send(BOB, '1').stored;
    await ann.send(BOB, '2').stored;
    await until(() => fired.length === 2);
    await bob.close();
    for (let i = 3; i <= 5; i++) await ann.send(BOB, `${i}`).stored;
    bob = await open('bob', store);
    await bob.trigger(rule);
    await ann.send(BOB, '6').stored;
    await until(() => fired.length >= 6);
    await bob.close();
    bob = await open('bob', store);
    await bob.trigger(rule);
    await ann.send(BOB, '7').stored;
    await until(() => fired.length >= 7);
    assert.deepEqual(fired, [1, 2, 3, 4, 5, 6, 7]);
  });

  it('do not fire for what another device of the person has had before this one was new', async () => {
    const ann = await open('ann');
    const phone = await open('bob');
    await ann.send(BOB, 'old').stored;
    await until(() => server.receipts.get(`${ID} bob`)?.delivered_upto === 1);
    const laptop = await connect({ tcp: server.address, user_token: 'bob', user_id: 'bob', store: new KeptStore() });
    clients.push(laptop);
    const fired = [];
    await laptop.trigger({ name: 'all', on: 'message', do: ({ seq }) => fired.push(seq) });
    await synced(laptop);
    await ann.send(BOB, 'new').stored;
    await until(() => fired.length);
    assert.deepEqual(fired, [2]);
    assert.equal((await laptop.messages(ANN)).length, 2);
    assert.equal(phone.connection, 'online');
  });

  it('keep what they put together with having fired, also when the device dies in between', async () => {
    class Mortal extends KeptStore {
      dies = false;
      release = () => {};

      async commit(writes) {
        if (this.dies && writes.some(({ table }) => table === 'app'))
          return new Promise((resolve) => (this.release = resolve));
        return super.commit(writes);
      }
    }
    const store = new Mortal();
    const ann = await open('ann');
    const first = await connect({ tcp: server.address, user_token: 'bob', user_id: 'bob', store });
    const rule = (name) => ({ name, on: 'message', do: ({ seq }, { put }) => put(`seen ${seq} ${store.dies}`, seq) });
    await first.trigger(rule('all'));
    store.dies = true;
    await ann.send(BOB, '1').stored;
    await until(async () => (await first.messages(ANN)).length === 1);
    // Left as a crash would leave it: the commit never came to its end.
    store.dies = false;
    const second = await open('bob', store);
    await second.trigger(rule('all'));
    await until(async () => (await second.kept('seen')).size === 1);
    assert.deepEqual([...(await second.kept('seen'))], [['seen 1 false', 1]]);
    store.release();
    await first.close();
  });

  it('go by priority, and one that fails harms no other', async () => {
    const fired = [];
    const ann = await open('ann');
    const bob = await open('bob');
    const errors = [];
    bob.on('error', ({ trigger, error }) => errors.push(`${trigger}: ${error.message}`));
    await bob.trigger({ name: 'low', on: 'message', priority: -1, do: () => fired.push('low') });
    await bob.trigger({
      name: 'bad',
      on: 'message',
      priority: 5,
      do: () => {
        throw new Error('broken');
      },
    });
    await bob.trigger({ name: 'high', on: 'message', priority: 9, do: async () => fired.push('high') });
    await ann.send(BOB, '1').stored;
    await ann.send(BOB, '2').stored;
    await until(() => fired.length === 4);
    assert.deepEqual(fired, ['high', 'low', 'high', 'low']);
    assert.deepEqual(errors, ['bad: broken', 'bad: broken']);
  });

  it('catch up after a pause', async () => {
    const fired = [];
    const ann = await open('ann');
    const bob = await open('bob');
    await bob.trigger({ name: 'a', on: 'message', do: ({ seq }) => fired.push(seq) });
    await bob.pauseTrigger('a');
    await ann.send(BOB, '1').stored;
    await until(async () => (await bob.messages(ANN)).length === 1);
    assert.deepEqual(fired, []);
    await bob.resumeTrigger('a');
    await until(() => fired.length === 1);
    await bob.removeTrigger('a');
    await ann.send(BOB, '2').stored;
    await until(async () => (await bob.messages(ANN)).length === 2);
    assert.deepEqual(fired, [1]);
  });

  it('fire in the order of the log, behind a gap only when it is filled', async () => {
    const fired = [];
    const ann = await open('ann');
    const bob = await open('bob');
    await bob.trigger({ name: 'a', on: 'message', do: ({ seq }) => fired.push(seq) });
    await ann.send(BOB, '1').stored;
    server.pushes = false;
    await ann.send(BOB, '2').stored;
    server.pushes = true;
    await ann.send(BOB, '3').stored;
    await until(() => fired.length === 3);
    assert.deepEqual(fired, [1, 2, 3]);
  });

  it('fire for other events as they come', async () => {
    const fired = [];
    const ann = await open('ann');
    await ann.trigger({
      name: 'r',
      on: 'receipt',
      where: { user_id: 'bob' },
      do: ({ read_upto }) => fired.push(read_upto),
    });
    await ann.send(BOB, '1').stored;
    server.push(['ann'], { event: 'receipt', conversation_id: ID, user_id: 'bob', read_upto: 1 });
    await until(() => fired.length === 1);
  });
});
