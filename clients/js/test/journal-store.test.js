import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { FallbackStore } from '../src/store/fallback-store.js';
import { JournalStore } from '../src/store/journal-store.js';
import { MemoryStore } from '../src/store/memory-store.js';
import { QuotaError } from '../src/store/store.js';

const row = (key, value) => ({ table: 'entries', key, value });

describe('the journal', () => {
  let folder;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jovial-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function opened(options) {
    const store = new JournalStore(folder, options);
    await store.open();
    return store;
  }

  const journal = async () =>
    join(
      folder,
      (await readdir(folder)).find((name) => name.startsWith('journal')),
    );

  it('has after a restart what was committed, deletions included', async () => {
    const store = await opened();
    await store.commit([row('c/1', { text: 'a' }), row('c/2', { text: 'ü' })]);
    await store.commit([row('c/1'), row('c/3', 3)]);
    await store.close();
    const again = await opened();
    assert.deepEqual(await again.list('entries'), [
      ['c/2', { text: 'ü' }],
      ['c/3', 3],
    ]);
    await again.close();
  });

  it('cuts off what a crash left half written, wherever it was torn', async () => {
    const store = await opened();
    await store.commit([row('c/1', 1)]);
    const path = await journal();
    const before = (await readFile(path)).length;
    await store.commit([row('c/2', 2), row('c/3', 3)]);
    await store.close();
    const whole = await readFile(path);
    for (let length = before; length < whole.length; length++) {
      await writeFile(path, whole);
      await truncate(path, length);
      const torn = await opened();
      assert.deepEqual(await torn.list('entries'), [['c/1', 1]], `torn at ${length}`);
      await torn.commit([row('c/9', 9)]);
      await torn.close();
      const after = await opened();
      assert.deepEqual(await after.list('entries'), [
        ['c/1', 1],
        ['c/9', 9],
      ]);
      assert.equal(after.damaged, null);
      await after.close();
    }
  });

  it('puts aside what is damaged in its midst', async () => {
    const store = await opened();
    await store.commit([row('c/1', 1)]);
    await store.commit([row('c/2', 2)]);
    await store.commit([row('c/3', 3)]);
    await store.close();
    const path = await journal();
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('"c/2",2', '"c/2",7'));
    const damaged = await opened();
    assert.deepEqual(await damaged.list('entries'), [['c/1', 1]]);
    assert.ok((await readFile(damaged.damaged, 'utf8')).includes('c/3'));
    await damaged.close();
  });

  it('is written anew when most of it is past', async () => {
    const store = await opened({ compactFromBytes: 2_000 });
    for (let i = 0; i < 200; i++) await store.commit([row('c/1', { i, text: 'x'.repeat(50) })]);
    const names = (await readdir(folder)).filter((name) => name.startsWith('journal'));
    assert.equal(names.length, 1);
    assert.notEqual(names[0], 'journal-1.log');
    assert.ok((await readFile(join(folder, names[0]))).length < 4_000);
    await store.close();
    const again = await opened();
    assert.equal((await again.get('entries', 'c/1')).i, 199);
    await again.close();
  });

  it('has no trace left of what was taken off the device', async () => {
    const store = await opened();
    await store.commit([row('c/1', 'secret'), row('c/2', 'kept')]);
    await store.commit([row('c/1', 'gone'), { table: 'meta', key: 'scrub', value: true }]);
    await store.close();
    assert.ok(!(await readFile(await journal(), 'utf8')).includes('secret'));
    const again = await opened();
    assert.deepEqual(await again.list('entries'), [
      ['c/1', 'gone'],
      ['c/2', 'kept'],
    ]);
    assert.equal(await again.get('meta', 'scrub'), undefined);
    await again.close();
  });

  it('has none left after a crash and a start either', async () => {
    const store = await opened();
    await store.commit([row('c/1', 'secret')]);
    await store.commit([row('c/1', 'gone'), { table: 'meta', key: 'scrub', value: true }]);
    const before = await readFile(await journal());
    await store.close();
    await rm(await journal());
    await writeFile(join(folder, 'journal-1.log'), before);
    const again = await opened();
    assert.ok(!(await readFile(await journal(), 'utf8')).includes('secret'));
    await again.close();
  });

  it('is for one process at a time, and forgets one that died', async () => {
    const store = await opened();
    await assert.rejects(new JournalStore(folder).open(), { code: 'store_in_use' });
    await store.close();
    const source = `import { JournalStore } from ${JSON.stringify(new URL('../src/store/journal-store.js', import.meta.url).href)};
      const store = new JournalStore(${JSON.stringify(folder)});
      await store.open();
      await store.commit([{ table: 'entries', key: 'c/1', value: 1 }]);
      console.log('held');
      setInterval(() => {}, 1000);`;
    const other = spawn(process.execPath, ['--input-type=module', '-e', source], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(other.stdout, 'data');
    await assert.rejects(new JournalStore(folder).open(), { code: 'store_in_use' });
    other.kill('SIGKILL');
    await once(other, 'exit');
    const after = await opened();
    assert.equal(await after.get('entries', 'c/1'), 1);
    await after.close();
  });

  it('lists keys in order, within bounds, from either end', async () => {
    const store = await opened();
    await store.commit(['c/3', 'b/1', 'c/1', 'c/2', 'd/1'].map((key) => row(key, key)));
    const keys = async (range) => (await store.list('entries', range)).map(([key]) => key);
    assert.deepEqual(await keys({ from: 'c/1', to: 'c/3', limit: 2 }), ['c/1', 'c/2']);
    assert.deepEqual(await keys({ from: 'c/1', to: 'c/3', limit: 2, reverse: true }), ['c/3', 'c/2']);
    assert.deepEqual(await keys({}), ['b/1', 'c/1', 'c/2', 'c/3', 'd/1']);
    await store.close();
  });

  it('does not take bytes of a stranger for its own', async () => {
    const store = await opened();
    await store.commit([row('c/1', 1)]);
    await store.close();
    await appendFile(await journal(), 'nonsense');
    const again = await opened();
    assert.deepEqual(await again.list('entries'), [['c/1', 1]]);
    await again.close();
  });
});

describe('a store that is full', () => {
  class SmallStore extends MemoryStore {
    durable = true;
    room = 3;

    async commit(writes) {
      const removed = writes.filter(({ value }) => value === undefined).length;
      if (writes.length - removed > 0 && this.size + writes.length > this.room) throw new QuotaError('full');
      await super.commit(writes);
    }
  }

  it('makes room and goes on', async () => {
    const small = new SmallStore();
    const store = new FallbackStore(small);
    store.onFull = async () => [row('c/1'), row('c/2')];
    store.onFallback = () => assert.fail('there was room');
    await store.commit([row('c/1', 1), row('c/2', 2), row('c/3', 3)]);
    await store.commit([row('c/4', 4)]);
    assert.deepEqual(await store.list('entries'), [
      ['c/3', 3],
      ['c/4', 4],
    ]);
    assert.equal(store.durable, true);
  });

  it('goes on in memory when there is none to make, and says so', async () => {
    const small = new SmallStore();
    const store = new FallbackStore(small);
    let told;
    store.onFallback = (failure) => (told = failure);
    await store.commit([row('c/1', 1), row('c/2', 2), row('c/3', 3)]);
    await store.commit([row('c/4', 4), row('c/1', 7), row('c/2')]);
    assert.ok(told instanceof QuotaError);
    assert.equal(store.durable, false);
    assert.deepEqual(await store.list('entries'), [
      ['c/1', 7],
      ['c/3', 3],
      ['c/4', 4],
    ]);
    assert.equal(await store.get('entries', 'c/2'), undefined);
    assert.deepEqual(await store.list('entries', { from: 'c/1', to: 'c/4', limit: 1, reverse: true }), [['c/4', 4]]);
  });
});
