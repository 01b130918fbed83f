import assert from 'node:assert/strict';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { Accounts } from '../src/index.js';
import { KnownDevices } from '../src/known-devices.js';

/** @type {import('node:http').Server} */
let server;
let url = '';
/** Bodies of the logins that reached the server. @type {any[]} */
let logins = [];
let refuses = false;
let folder = '';

beforeEach(async () => {
  logins = [];
  refuses = false;
  folder = await mkdtemp(join(tmpdir(), 'jovial-devices-'));
  server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const body = JSON.parse(text);
    logins.push(body);
    const device_id = body.device_id ?? `d${logins.length}`;
    const reply = refuses
      ? { code: 'unauthenticated', detail: 'wrong user or password' }
      : { user_id: 'u', device_id, device_secret: `secret ${logins.length}`, user_token: 't', refresh_token: 'r' };
    response.writeHead(refuses ? 401 : 200, { 'Content-Type': 'application/json' }).end(JSON.stringify(reply));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  url = `http://127.0.0.1:${/** @type {any} */ (server.address()).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

/** As after a restart of the app. */
const accounts = (app_key = 'app') => new Accounts({ url, app_key, devices: join(folder, 'new', 'devices') });
const ann = { username: 'ann', password: 'correct horse' };
const last = () => logins[logins.length - 1];

function memory() {
  const values = new Map();
  return {
    values,
    getItem: (/** @type {string} */ key) => values.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => void values.set(key, value),
  };
}

test('the next login shows the secret of the latest on that device', async () => {
  const { device_id } = await accounts().login(ann);
  assert.deepEqual(last(), { app_key: 'app', ...ann });
  for (const login of [1, 2]) {
    assert.equal((await accounts().login({ ...ann, username: 'Ann' })).device_id, device_id);
    assert.equal(last().device_id, device_id);
    assert.equal(last().device_secret, `secret ${login}`);
  }
});

test('a login that is refused changes nothing', async () => {
  await accounts().login(ann);
  refuses = true;
  await assert.rejects(accounts().login(ann), { code: 'unauthenticated' });
  refuses = false;
  await accounts().login(ann);
  assert.equal(last().device_secret, 'secret 1');
});

test('another user, another app and another device get none of it', async () => {
  await accounts().login(ann);
  await accounts().login({ ...ann, username: 'bob' });
  assert.equal(last().device_secret, undefined);
  await accounts('other app').login(ann);
  assert.equal(last().device_secret, undefined);
  await accounts().login({ ...ann, device_id: 'another device' });
  assert.equal(last().device_id, 'another device');
  assert.equal(last().device_secret, undefined);
});

test('an app that keeps the secret itself gets it and may show it', async () => {
  const plain = new Accounts({ url, app_key: 'app' });
  const { device_id, device_secret } = await plain.login(ann);
  await plain.login(ann);
  assert.equal(last().device_secret, undefined);
  await plain.login({ ...ann, device_id, device_secret });
  assert.equal(last().device_secret, 'secret 1');
});

test('only the owner may read the file', async () => {
  const file = join(folder, 'new', 'devices');
  await accounts().login(ann);
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  await rm(file);
  await writeFile(`${file}.new`, 'left by a crash', { mode: 0o644 });
  await accounts().login(ann);
  assert.equal((await stat(file)).mode & 0o777, 0o600);
});

test('a storage that fails or is damaged does not keep anybody out', async (t) => {
  const warn = t.mock.method(console, 'warn', () => {});
  const full = {
    getItem: () => '[{"app_key":',
    setItem: () => {
      throw new Error('full');
    },
  };
  await new Accounts({ url, app_key: 'app', devices: full }).login(ann);
  assert.equal(last().device_secret, undefined);
  assert.equal(warn.mock.callCount(), 1);
  assert.ok(!JSON.stringify(warn.mock.calls[0].arguments).includes('secret'));
  const odd = memory();
  odd.values.set('jovial.devices', '[null, 7, {"app_key": "app"}]');
  const devices = new Accounts({ url, app_key: 'app', devices: odd });
  await devices.login(ann);
  await devices.login(ann);
  assert.equal(last().device_secret, 'secret 2');
});

test('users who log in at the same time are all remembered, and the oldest are forgotten first', async () => {
  const devices = new KnownDevices(memory());
  const users = Array.from({ length: 101 }, (_, i) => i);
  await Promise.all(users.map((i) => devices.keep('app', `u${i}`, { device_id: `d${i}`, device_secret: `s${i}` })));
  assert.deepEqual(await devices.find('app', 'u0'), {});
  for (const i of users.slice(1)) {
    assert.deepEqual(await devices.find('app', `u${i}`), { device_id: `d${i}`, device_secret: `s${i}` });
  }
});
