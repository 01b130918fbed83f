import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { accounts } from '../webroot/js/session/accounts.js';
import { Directory } from '../webroot/js/session/directory.js';
import { tokenOf } from '../webroot/js/session/renewal.js';

globalThis.window ??= /** @type {any} */ (new EventTarget());
globalThis.navigator ??= /** @type {any} */ ({ userAgent: 'a test' });
// It needs a window for its events.
const { Session } = await import('../webroot/js/session/session.js');

const app = { app_id: 'app', name: 'Demo', app_key: 'key' };
const person = { username: 'ann', password: 'correct horse' };
/** Bodies by operation, as the server got them. */
let requests;

globalThis.fetch = async (url, { body }) => {
  const operation = String(url).replace('/api/', '');
  const request = JSON.parse(body);
  requests.push(request);
  const tokens = { user_id: 'u', user_token: `t${requests.length}`, refresh_token: `r${requests.length}` };
  const device = { device_id: request.device_id ?? `d${requests.length}`, device_secret: `secret ${requests.length}` };
  return Response.json(operation === 'ums.user.login' ? { ...tokens, ...device } : tokens);
};

/** A directory of a page that connects to nothing. */
function directory() {
  const session = new Session();
  session.use = () => {};
  return new Directory(session);
}

beforeEach(() => {
  requests = [];
  for (const { user_id } of accounts.list()) accounts.forget(user_id);
});

test('after a logout the next login on the device shows its secret, which is another after each login', async () => {
  await directory().logIn(app, person);
  assert.equal(requests[0].device_id, undefined);
  assert.equal(requests[0].device_secret, undefined);
  for (const login of [1, 2]) {
    accounts.signOut('u');
    assert.equal(accounts.find('u').refresh_token, undefined);
    await directory().logIn(app, { ...person, username: 'Ann' });
    assert.equal(requests.at(-1).device_id, 'd1');
    assert.equal(requests.at(-1).device_secret, `secret ${login}`);
  }
});

test('renewed tokens leave the secret as it is', async () => {
  await directory().logIn(app, person);
  await tokenOf('u', { renew: true });
  assert.equal(accounts.find('u').user_token, 't2');
  accounts.signOut('u');
  assert.deepEqual(accounts.deviceOf('app', 'ann'), { device_id: 'd1', device_secret: 'secret 1' });
});

test('a user who is logged in in another tab, another user and another app get none of it', async () => {
  await directory().logIn(app, person);
  assert.deepEqual(accounts.deviceOf('app', 'ann'), {});
  accounts.signOut('u');
  assert.deepEqual(accounts.deviceOf('app', 'bob'), {});
  assert.deepEqual(accounts.deviceOf('other', 'ann'), {});
});
