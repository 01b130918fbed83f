import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { connect, directConversation, MemoryStore } from '../src/index.js';
import { QuotaError } from '../src/store/store.js';
import { FakeFiles } from '../test-support/fake-files.js';
import { FakeServer } from '../test-support/fake-server.js';
import { until } from '../test-support/until.js';

const ANN_AND_BOB = directConversation('ann', 'bob');
const BOB = { user_id: 'bob' };
const SIZE = 10_500;

/** Against doubles of the server: see test-support. */
describe('files', { timeout: 30_000 }, () => {
  let server;
  let files;
  let clients;
  let folder;
  let path;
  let bytes;

  beforeEach(async () => {
    server = new FakeServer();
    files = server.files = new FakeFiles();
    clients = [];
    folder = await mkdtemp(join(tmpdir(), 'jovial-'));
    path = join(folder, 'moon.png');
    bytes = randomBytes(SIZE);
    await writeFile(path, bytes);
    await server.start();
    await files.start();
  });

  afterEach(async () => {
    for (const client of clients) await client.close();
    await server.stop();
    await files.stop();
    await rm(folder, { recursive: true });
  });

  async function open(options = {}) {
    const client = await connect({
      tcp: server.address,
      http: files.address,
      user_token: 'ann',
      user_id: 'ann',
      store: new MemoryStore(),
      ...options,
    });
    clients.push(client);
    return client;
  }

  const bodies = () => server.log(ANN_AND_BOB).map(({ body }) => body);
  const patches = () => files.requests.filter((request) => request.startsWith('PATCH')).length;
  const only = () => [...files.uploads.values()][0];

  it('brings a file up and then sends its message, in the order in which both were written', async () => {
    const ann = await open();
    const states = [];
    ann.on('upload', ({ state }) => states.push(state));
    const file = ann.sendFile(BOB, path, { text: 'The moon', mimeType: 'image/jpeg' });
    const text = ann.send(BOB, 'Do you see it?');
    await text.stored;
    assert.equal((await file.stored).seq, 1);
    const [body] = bodies();
    const token = `token of f1 for ${ANN_AND_BOB}`;
    assert.deepEqual(body, {
      type: 'file',
      name: 'moon.png',
      mime_type: 'image/png',
      text: 'The moon',
      size: SIZE,
      file_id: 'f1',
      file_token: token,
      width: 4,
      height: 3,
    });
    assert.deepEqual(only().data, bytes);
    assert.deepEqual(only().metadata, { filename: 'moon.png', filetype: 'image/jpeg', conversation_id: ANN_AND_BOB });
    assert.deepEqual([states[0], states.at(-1)], ['uploading', 'done']);
  });

  it('goes on from where the server is when the connection breaks, without sending what is there', async () => {
    let cuts = 3;
    files.rule = (method) => (method === 'PATCH' && cuts-- > 0 ? { cutAfter: 2_500 } : undefined);
    const ann = await open();
    await ann.sendFile(BOB, path).stored;
    assert.deepEqual(only().data, bytes);
    assert.equal(patches(), 4);
    assert.equal(files.requests.filter((request) => request.startsWith('HEAD')).length, 3);
  });

  it('begins again when the upload was swept, and asks when another is writing', async () => {
    let turn = 0;
    files.rule = (method) => {
      if (method !== 'PATCH') return undefined;
      turn++;
      if (turn === 1) files.uploads.clear();
      if (turn === 2) return { status: 423, body: { code: 'try_again', detail: 'busy' } };
      return turn === 3 ? { status: 409, body: { code: 'conflict', detail: 'offset' } } : undefined;
    };
    const ann = await open();
    await ann.sendFile(BOB, path).stored;
    assert.deepEqual(only().data, bytes);
    assert.equal(files.requests.filter((request) => request.startsWith('POST')).length, 2);
  });

  it('goes on after a restart of the process with the upload that it had begun', async () => {
    const store = join(folder, 'store');
    files.rule = (method) => (method === 'PATCH' ? { cutAfter: 4_200 } : undefined);
    const first = await open({ store });
    await first.sendFile(BOB, path).queued;
    await until(() => only()?.data.length === 4_000);
    await first.close();
    files.rule = () => undefined;
    const second = await open({ store });
    await until(() => bodies().length === 1);
    assert.deepEqual(only().data, bytes);
    assert.equal(files.uploads.size, 1);
    assert.equal(bodies()[0].file_id, 'f1');
    await second.close();
  });

  it('loses nothing when the server goes between the file and its message', async () => {
    let losses = 4;
    server.rule = (operation) =>
      operation.startsWith('fss.') || operation === 'mds.send'
        ? losses-- > 0
          ? losses % 2
            ? 'lose-reply'
            : 'drop'
          : undefined
        : undefined;
    const ann = await open();
    await ann.sendFile(BOB, path).stored;
    assert.equal(bodies().length, 1);
    assert.equal(files.uploads.size, 1);
  });

  it('lets others pass a paused file, and resumes it', async () => {
    files.rule = (method) => (method === 'PATCH' ? { cutAfter: 3_300 } : undefined);
    const ann = await open();
    const file = ann.sendFile(BOB, path);
    await until(() => only()?.data.length === 3_000);
    await ann.pauseUpload(file.clientId);
    await ann.send(BOB, 'passes').stored;
    const [, waiting] = await ann.messages(BOB);
    assert.equal(waiting.upload.state, 'paused');
    assert.equal(waiting.upload.size, SIZE);
    const before = files.requests.length;
    await ann.reconnectNow();
    files.rule = () => undefined;
    assert.equal(files.requests.length, before);
    await ann.resumeUpload(file.clientId);
    assert.equal((await file.stored).seq, 2);
    assert.deepEqual(only().data, bytes);
  });

  it('takes a cancelled file off the server and the device', async () => {
    files.rule = (method) => (method === 'PATCH' ? { cutAfter: 3_300 } : undefined);
    const store = new MemoryStore();
    const ann = await open({ store });
    const file = ann.sendFile(BOB, new Blob([bytes]), { name: 'blob.bin' });
    await until(() => only()?.data.length === 3_000);
    assert.equal((await ann.waitingFile(file.clientId)).size, SIZE);
    await ann.discard(file.clientId);
    await assert.rejects(file.stored, { code: 'discarded' });
    await until(() => files.uploads.size === 0);
    assert.deepEqual(await ann.messages(BOB), []);
    assert.deepEqual(await store.list('files'), []);
  });

  it('sends a Blob that the device keeps, and keeps it no longer than that', async () => {
    const store = new MemoryStore();
    const ann = await open({ store });
    await ann.sendFile(BOB, new Blob([bytes], { type: 'image/png' }), { name: 'a/b\\c.png' }).stored;
    assert.equal(bodies()[0].name, 'c.png');
    assert.deepEqual(only().data, bytes);
    assert.deepEqual(await store.list('files'), []);
  });

  it('says so when a Blob does not fit, and keeps everything else', async () => {
    const store = new MemoryStore();
    const commit = store.commit.bind(store);
    store.commit = async (writes) => {
      if (writes.some(({ table, value }) => table === 'files' && value)) throw new QuotaError(new Error('full'));
      return commit(writes);
    };
    const ann = await open({ store });
    const file = ann.sendFile(BOB, new Blob([bytes]));
    await assert.rejects(file.queued, { code: 'storage' });
    assert.equal(file.state, 'failed');
    await ann.send(BOB, 'still here').stored;
    assert.equal((await ann.messages(BOB)).length, 1);
  });

  it('fails with the reason when the file was changed, is refused or is not there, and lets others go', async () => {
    await assert.rejects((await open()).sendFile(BOB, join(folder, 'nowhere')).queued, { code: 'invalid_request' });
    files.rule = (method) =>
      method === 'POST' ? { status: 413, body: { code: 'too_large', detail: 'At most 5 bytes.' } } : undefined;
    const ann = clients[0];
    const large = ann.sendFile(BOB, path);
    await assert.rejects(large.stored, { code: 'too_large', message: 'At most 5 bytes.' });
    await ann.send(BOB, 'goes').stored;
    files.rule = (method) => (method === 'PATCH' ? { cutAfter: 2_000 } : undefined);
    const other = join(folder, 'other.png');
    await writeFile(other, bytes);
    const changed = ann.sendFile(BOB, other);
    await until(() => only()?.data.length);
    await appendFile(other, 'more');
    await assert.rejects(changed.stored, { code: 'gone' });
    assert.deepEqual(
      (await ann.messages(BOB)).map(({ state }) => state),
      ['stored', 'failed', 'failed'],
    );
    files.rule = () => undefined;
    await ann.discard(changed.clientId);
    await ann.retry(large.clientId);
    await until(() => bodies().length === 2);
  });

  it('brings up two at once, the others after them, also files of nothing', async () => {
    const ann = await open();
    let under = 0;
    let most = 0;
    ann.on('upload', ({ state }) => {
      if (state === 'done') under--;
    });
    files.rule = (method) => {
      if (method === 'POST') most = Math.max(most, ++under);
      return undefined;
    };
    const sources = [bytes, bytes, bytes, bytes, Buffer.alloc(0)].map((part) => new Blob([part]));
    await Promise.all(sources.map((source, i) => ann.sendFile(BOB, source, { name: `${i}` }).stored));
    assert.deepEqual(
      bodies().map(({ name }) => name),
      ['0', '1', '2', '3', '4'],
    );
    assert.ok(most <= 2, `${most} at once`);
  });

  it('renews the user token when the server wants another', async () => {
    files.tokens = new Set(['renewed']);
    const token = async ({ renew }) => (renew ? 'renewed' : 'ann');
    const ann = await open({ user_token: undefined, token });
    await ann.sendFile(BOB, path).stored;
    assert.deepEqual(only().data, bytes);
  });

  it('reads a file, with a new token where the old one has ended, and saves it over a lost connection', async () => {
    const ann = await open();
    await ann.sendFile(BOB, path).stored;
    const [body] = bodies();
    assert.deepEqual(Buffer.from(await (await ann.openFile(body)).arrayBuffer()), bytes);
    const old = { ...body, file_token: 'expired' };
    const response = await ann.openFile(old, { headers: { Range: 'bytes=100-' }, conversationId: ANN_AND_BOB });
    assert.equal(response.status, 206);
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), bytes.subarray(100));
    assert.ok(ann.fileUrl(old).includes(encodeURIComponent('token of f1').replaceAll('%20', '+')));
    const target = join(folder, 'saved.png');
    const seen = [];
    let cuts = 2;
    files.rule = (method) => (method === 'GET' && cuts-- > 0 ? { cutAfter: 4_000 } : undefined);
    await ann.saveFile(body, target, { onProgress: ({ received }) => seen.push(received) });
    assert.deepEqual(await readFile(target), bytes);
    assert.deepEqual(seen, [4_000, 8_000, SIZE]);
    await assert.rejects(ann.openFile({ ...body, file_id: 'nowhere' }), { code: 'not_found' });
  });

  it('are refused where only tcp is given and the server does not say where it answers HTTP', async () => {
    const ann = await open({ http: undefined });
    await assert.rejects(ann.sendFile(BOB, path).stored, { code: 'invalid_request' });
  });

  it('go where the server says that it answers HTTP', async () => {
    server.httpUrl = files.address;
    const ann = await open({ http: undefined });
    await ann.sendFile(BOB, path).stored;
    assert.equal(only().data.length, SIZE);
  });
});
