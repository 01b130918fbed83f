import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { connect, directConversation, MemoryStore } from '../src/index.js';
import { FakeServer } from '../test-support/fake-server.js';
import { until } from '../test-support/until.js';

const ANN_AND_BOB = directConversation('ann', 'bob');
const BOB = { user_id: 'bob' };
const ANN = { user_id: 'ann' };
const texts = (messages) => messages.map(({ body }) => body?.text);

describe('delivery', { timeout: 30_000 }, () => {
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

  async function open(user, options = {}) {
    const client = await connect({
      tcp: server.address,
      user_token: user,
      user_id: user,
      store: new MemoryStore(),
      ...options,
    });
    clients.push(client);
    return client;
  }

  const online = (client) => until(() => client.connection === 'online');

  it('sends and receives in order, once', async () => {
    const [ann, bob] = [await open('ann'), await open('bob')];
    await online(bob);
    const handles = ['one', 'two', 'three'].map((text) => ann.send(BOB, text));
    const stored = await Promise.all(handles.map((handle) => handle.stored));
    assert.deepEqual(
      stored.map(({ seq }) => seq),
      [1, 2, 3],
    );
    await until(async () => (await bob.messages(ANN)).length === 3);
    assert.deepEqual(texts(await bob.messages(ANN)), ['one', 'two', 'three']);
    assert.deepEqual(texts(await ann.messages(BOB)), ['one', 'two', 'three']);
    assert.equal((await bob.conversation(ANN)).unread, 3);
  });

  it('tells a new device what nobody has received, in order, before what it sends itself', async () => {
    const ann = await open('ann');
    for (let i = 1; i <= 16; i++) await ann.send(BOB, `m${i}`).stored;
    const bob = await open('bob');
    const told = [];
    bob.on('message', ({ seq }) => told.push(seq));
    await bob.send(ANN, 'right after connect').stored;
    await until(() => told.length >= 17);
    assert.deepEqual(
      told,
      Array.from({ length: 17 }, (_, i) => i + 1),
    );
  });

  it('sends nothing before the first sync says where its news begin', async () => {
    const ann = await open('ann');
    for (let i = 1; i <= 5; i++) await ann.send(BOB, `m${i}`).stored;
    server.receipts.set(`${ANN_AND_BOB} bob`, { delivered_upto: 5 });
    let refusals = 1;
    server.rule = (operation) =>
      operation === 'mss.sync' && refusals-- > 0
        ? { failureCode: 503, message: 'try_again: not yet', details: { retry_after_ms: 50 } }
        : undefined;
    const bob = await open('bob');
    const told = [];
    bob.on('message', ({ seq }) => told.push(seq));
    await bob.send(ANN, 'right after connect').stored;
    await ann.send(BOB, 'and an answer').stored;
    await until(() => told.includes(7));
    assert.deepEqual(told, [6, 7]);
  });

  it('removes an expiring message when it is due by the clock of the server, also offline', async () => {
    const hour = 3_600_000;
    server.time = () => new Date(Date.now() + hour);
    const ann = await open('ann');
    await online(ann);
    const shown = [];
    ann.on('conversation', async () => {
      const [message] = await ann.messages(BOB);
      shown.push(message?.body?.text ?? message?.removed);
    });
    const expires_at = new Date(Date.now() + hour + 6_000).toISOString();
    server.push(['ann'], {
      event: 'message',
      conversation_id: ANN_AND_BOB,
      seq: 1,
      sender_id: 'bob',
      kind: 'message',
      client_id: 'c',
      expires_at,
      body: { type: 'text', text: 'soon gone' },
    });
    await until(() => shown.at(-1) === 'soon gone');
    await server.stop();
    await until(() => shown.at(-1) === 'expired');
    assert.equal((await ann.messages(BOB))[0].body, undefined);
    await server.start();
  });

  it('tells its own close from an ended session', async () => {
    const ann = await open('ann');
    await online(ann);
    const states = [];
    ann.on('connection', ({ state }) => states.push(state));
    await ann.close();
    assert.equal(ann.connection, 'closed');
    assert.deepEqual(states, ['closed']);
    await assert.rejects(ann.sync(), { code: 'closed' });
  });

  it('sends the same again when the reply was lost, and the order stays', async () => {
    let losses = 3;
    server.rule = (operation) =>
      operation === 'mds.send' && losses-- > 0 ? (losses % 2 ? 'lose-reply' : 'drop') : undefined;
    const ann = await open('ann');
    const handles = [1, 2, 3, 4].map((i) => ann.send(BOB, `m${i}`));
    await Promise.all(handles.map((handle) => handle.stored));
    assert.deepEqual(texts(server.log(ANN_AND_BOB)), ['m1', 'm2', 'm3', 'm4']);
    const again = server.requests.filter(
      ({ operation, body }) => operation === 'mds.send' && body.client_id === handles[0].clientId,
    );
    assert.ok(again.length > 1);
    assert.ok(again.slice(1).every(({ body }) => body.retry === true));
    await until(async () => (await ann.messages(BOB)).length === 4);
  });

  it('keeps what was refused for good, to be sent again or given up', async () => {
    server.rule = (operation, { body }) =>
      operation === 'mds.send' && body.text === 'bad' && server.strict
        ? { failureCode: 403, message: 'forbidden: not now' }
        : undefined;
    server.strict = true;
    const ann = await open('ann');
    const bad = ann.send(BOB, 'bad');
    const good = ann.send(BOB, 'good');
    await assert.rejects(bad.stored, { code: 'forbidden' });
    await good.stored;
    assert.equal(bad.state, 'failed');
    const [, waiting] = await ann.messages(BOB);
    assert.equal(waiting.state, 'failed');
    assert.equal(waiting.error.code, 'forbidden');
    server.strict = false;
    await ann.retry(bad.clientId);
    await until(async () => texts(server.log(ANN_AND_BOB)).length === 2);
    server.strict = true;
    const worse = ann.send(BOB, 'bad');
    await assert.rejects(worse.stored);
    await ann.discard(worse.clientId);
    assert.deepEqual(texts(await ann.messages(BOB)), ['good', 'bad']);
  });

  it('goes on after a crash with what waited, and knows what it had', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'jovial-'));
    await server.stop();
    const first = await open('ann', { store: folder });
    const handles = [1, 2, 3].map((i) => first.send(BOB, `offline ${i}`));
    await Promise.all(handles.map((handle) => handle.queued));
    assert.deepEqual(
      (await first.messages(BOB)).map(({ state }) => state),
      ['queued', 'queued', 'queued'],
    );
    await first.close();
    await server.start();
    const second = await open('ann', { store: folder });
    await until(() => server.log(ANN_AND_BOB).length === 3);
    assert.deepEqual(texts(server.log(ANN_AND_BOB)), ['offline 1', 'offline 2', 'offline 3']);
    await until(async () => (await second.messages(BOB)).every(({ state }) => state === 'stored'));
    await second.close();
    await server.stop();
    const third = await open('ann', { store: folder });
    assert.deepEqual(texts(await third.messages(BOB)), ['offline 1', 'offline 2', 'offline 3']);
    await third.close();
    await server.start();
    await rm(folder, { recursive: true });
  });

  it('fetches what was not pushed, and acknowledges only what it holds', async () => {
    const [ann, bob] = [await open('ann'), await open('bob')];
    await online(bob);
    await ann.send(BOB, 'seen').stored;
    await until(() => server.receipts.get(`${ANN_AND_BOB} bob`)?.delivered_upto === 1);
    server.pushes = false;
    for (let i = 2; i <= 5; i++) await ann.send(BOB, `lost ${i}`).stored;
    server.pushes = true;
    server.rule = (operation) =>
      operation === 'mss.history'
        ? { failureCode: 503, message: 'try_again: not yet', details: { retry_after_ms: 200 } }
        : undefined;
    await ann.send(BOB, 'pushed').stored;
    await until(() => server.requests.some(({ operation }) => operation === 'mss.history'));
    assert.deepEqual(texts(await bob.messages(ANN)), ['seen']);
    assert.equal((await bob.conversation(ANN)).gaps, 1);
    assert.equal(server.receipts.get(`${ANN_AND_BOB} bob`).delivered_upto, 1);
    server.rule = () => undefined;
    await until(() => server.receipts.get(`${ANN_AND_BOB} bob`)?.delivered_upto === 6);
    assert.equal((await bob.messages(ANN)).length, 6);
    assert.equal((await bob.conversation(ANN)).unread, 6);
  });

  it('ticks an own message as its receipts come', async () => {
    const ann = await open('ann');
    await ann.send(BOB, 'hello').stored;
    const tick = async () => (await ann.messages(BOB))[0].state;
    await until(async () => (await tick()) === 'stored');
    server.push(['ann'], { event: 'receipt', conversation_id: ANN_AND_BOB, user_id: 'bob', delivered_upto: 1 });
    await until(async () => (await tick()) === 'delivered');
    server.push(['ann'], { event: 'receipt', conversation_id: ANN_AND_BOB, user_id: 'bob', read_upto: 1 });
    await until(async () => (await tick()) === 'read');
    server.push(['ann'], { event: 'receipt', conversation_id: ANN_AND_BOB, user_id: 'bob', delivered_upto: 1 });
    assert.equal(await tick(), 'read');
  });

  it('shows edits and reactions, and takes redacted text off the device', async () => {
    const store = new MemoryStore();
    const [ann, bob] = [await open('ann'), await open('bob', { store })];
    await online(bob);
    await ann.send(BOB, 'secret').stored;
    await ann.edit(ANN_AND_BOB, 1, 'better secret').stored;
    await until(async () => (await bob.messages(ANN))[0]?.edited);
    assert.equal((await bob.messages(ANN))[0].body.text, 'better secret');
    await bob.react(ANN_AND_BOB, 1, '👍').stored;
    await until(async () => (await ann.messages(BOB))[0].reactions['👍']?.[0] === 'bob');
    await bob.markRead(ANN, 1);
    assert.equal((await bob.conversation(ANN)).unread, 0);
    await ann.redact(ANN_AND_BOB, 1).stored;
    await until(async () => (await bob.messages(ANN))[0].removed);
    assert.equal((await bob.messages(ANN))[0].body, undefined);
    assert.ok(!JSON.stringify([...store.all()]).includes('secret'));
  });

  it('gives a message an id of the right time when the clock of the device is wrong', async () => {
    let refused = false;
    server.rule = (operation) => {
      if (operation !== 'mds.send' || refused) return undefined;
      refused = true;
      return {
        failureCode: 400,
        message: 'invalid_request: client_id is ahead',
        details: { server_time: new Date().toISOString() },
      };
    };
    const ann = await open('ann');
    const handle = ann.send(BOB, 'from the future');
    const before = handle.clientId;
    await handle.stored;
    assert.notEqual(handle.clientId, before);
    assert.equal((await ann.messages(BOB)).length, 1);
  });

  it('tells receipts again that the server has lost', async () => {
    const [ann, bob] = [await open('ann'), await open('bob')];
    await online(bob);
    await ann.send(BOB, 'one').stored;
    await until(() => server.receipts.get(`${ANN_AND_BOB} bob`)?.delivered_upto === 1);
    server.receipts.clear();
    await bob.sync();
    await until(() => server.receipts.get(`${ANN_AND_BOB} bob`)?.delivered_upto === 1);
  });
});
