import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ServerClock } from '../src/clock.js';
import { JovialError } from '../src/error.js';
import { TokenKeeper } from '../src/connection/tokens.js';
import { MemoryStore } from '../src/store/memory-store.js';

const token = (name, exp = 4_000_000_000) => `x.${btoa(JSON.stringify({ sub: 'ann', name, exp }))}.x`;

async function opened(store, given, replies = [], clock = new ServerClock()) {
  const requests = [];
  const request = async (_operation, body) => {
    requests.push(body);
    const reply = replies.shift();
    if (reply instanceof Error) throw reply;
    return reply;
  };
  const tokens = new TokenKeeper(store, request, given, clock);
  await tokens.open();
  return { tokens, requests };
}

describe('tokens with a refresh token', () => {
  const first = { user_token: token('one'), refresh_token: 'r1' };
  const second = { user_token: token('two'), refresh_token: 'r2' };

  it('are renewed when they are no longer good, once for all who ask', async () => {
    const { tokens, requests } = await opened(new MemoryStore(), first, [second]);
    assert.equal(await tokens.get({ renew: false }), first.user_token);
    const why = { renew: true, not: first.user_token };
    assert.deepEqual(await Promise.all([tokens.get(why), tokens.get(why)]), [second.user_token, second.user_token]);
    assert.equal(await tokens.get(why), second.user_token);
    assert.deepEqual(requests, [{ refresh_token: 'r1' }]);
  });

  it('go on after a restart from the last ones, though the first ones are given again', async () => {
    const store = new MemoryStore();
    const { tokens } = await opened(store, first, [second]);
    await tokens.get({ renew: true, not: first.user_token });
    const { tokens: again } = await opened(store, first);
    assert.equal(await again.get({ renew: false }), second.user_token);
    const { tokens: other } = await opened(store, { user_token: token('login'), refresh_token: 'r9' });
    assert.equal(await other.get({ renew: false }), token('login'));
    const { tokens: bare } = await opened(store, { user_token: token('bare') });
    assert.equal(await bare.get({ renew: false }), token('bare'));
  });

  it('say that they may have been asked for before when the reply was lost, also after a restart', async () => {
    const store = new MemoryStore();
    const { tokens } = await opened(store, first, [JovialError.offline()]);
    await assert.rejects(tokens.get({ renew: true, not: first.user_token }), { code: 'offline' });
    const { tokens: again, requests } = await opened(store, first, [second]);
    await again.get({ renew: true, not: first.user_token });
    assert.deepEqual(requests, [{ refresh_token: 'r1', retry: true }]);
  });

  it('are renewed before use when they have expired; without a refresh token the server is to say', async () => {
    const old = { user_token: token('old', 1), refresh_token: 'r1' };
    const { tokens } = await opened(new MemoryStore(), old, [second]);
    assert.equal(await tokens.get({ renew: false }), second.user_token);
    const { tokens: bare } = await opened(new MemoryStore(), { user_token: token('old', 1) });
    assert.equal(await bare.get({ renew: false }), token('old', 1));
    assert.equal(bare.renewable, false);
  });

  it('are not renewed because the clock of the device is fast', async () => {
    const hour = 3_600_000;
    const clock = new ServerClock();
    clock.set(new Date(Date.now() - 2 * hour).toISOString());
    const left = { user_token: token('one', (Date.now() - hour) / 1000), refresh_token: 'r1' };
    const { tokens, requests } = await opened(new MemoryStore(), left, [], clock);
    assert.equal(await tokens.get({ renew: false }), left.user_token);
    assert.deepEqual(requests, []);
  });
});
