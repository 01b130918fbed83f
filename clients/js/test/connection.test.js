import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { Backoff } from '../src/connection/backoff.js';
import { BridgeConnection } from '../src/connection/bridge-connection.js';
import { frameReader } from '../src/connection/tcp.js';

/** Links that do what the test says. */
function links() {
  const opened = [];
  const open = (listener) => {
    const link = {
      listener,
      sent: [],
      closed: false,
      send: (frame) => link.sent.push(frame),
      close: () => (link.closed = true),
    };
    opened.push(link);
    return link;
  };
  return { opened, open };
}

const half = () => 0.5;
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a connection', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'] }));
  afterEach(() => mock.timers.reset());

  function opened(random = half) {
    const { opened: made, open } = links();
    const connection = new BridgeConnection(open, random);
    connection.start();
    made[0].listener.opened();
    return { made, connection };
  }

  it('gives each request the reply with its address, and only that', async () => {
    const { made, connection } = opened();
    const [first, second] = [connection.request('a', { n: 1 }), connection.request('b')];
    await settled();
    const [one, two] = made[0].sent;
    made[0].listener.frame({ type: 'message', address: two.replyAddress, body: { n: 2 } });
    made[0].listener.frame({
      type: 'err',
      address: one.replyAddress,
      failureCode: 409,
      message: 'conflict: it is taken: yes',
    });
    assert.deepEqual(await second, { n: 2 });
    await assert.rejects(first, { code: 'conflict', message: 'it is taken: yes', status: 409 });
  });

  it('settles all requests when it is lost', async () => {
    const { made, connection } = opened();
    const request = connection.request('a');
    await settled();
    made[0].listener.closed(1006, '');
    await assert.rejects(request, (error) => error.code === 'offline' && error.lost);
    await assert.rejects(connection.request('b'), { code: 'offline' });
  });

  it('settles a request that nobody answers, and gives such a connection up', async () => {
    const { made, connection } = opened();
    const request = connection.request('a', {}, { timeoutMs: 1000 });
    await settled();
    mock.timers.tick(1000);
    await assert.rejects(request, { code: 'timeout' });
    assert.equal(made[0].closed, true);
    assert.equal(connection.state, 'waiting');
  });

  it('comes back after pauses that grow, with jitter after the cap', () => {
    const low = new Backoff(() => 0);
    const high = new Backoff(() => 0.999);
    const pauses = Array.from({ length: 8 }, () => [low.next(), high.next()]);
    assert.deepEqual(
      pauses.map(([pause]) => pause),
      [200, 400, 800, 1600, 3200, 4000, 4000, 4000],
    );
    assert.ok(pauses.every(([least, most]) => most > 1.9 * least && most < 8000));
  });

  it('tries again after each failure, and at once when told to', () => {
    const { opened: made, open } = links();
    const connection = new BridgeConnection(open, half);
    connection.start();
    made[0].listener.closed(1006, 'refused');
    assert.equal(connection.state, 'waiting');
    mock.timers.tick(299);
    assert.equal(made.length, 1);
    mock.timers.tick(1);
    assert.equal(made.length, 2);
    made[1].listener.closed(1006, 'refused');
    connection.retryNow();
    assert.equal(made.length, 3);
  });

  it('comes back soon, but not in step, when the server goes away', () => {
    const { made } = opened(() => 0.25);
    made[0].listener.closed(1001, '');
    mock.timers.tick(24);
    assert.equal(made.length, 1);
    mock.timers.tick(1);
    assert.equal(made.length, 2);
  });

  it('stays away when it was replaced, until it is started again', () => {
    const { made, connection } = opened();
    made[0].listener.closed(4409, '');
    mock.timers.tick(3_600_000);
    assert.equal(made.length, 1);
    assert.equal(connection.state, 'replaced');
    connection.start();
    assert.equal(made.length, 2);
  });

  it('waits longer when it was too fast', () => {
    const { made } = opened();
    made[0].listener.closed(4429, '');
    mock.timers.tick(10_000);
    assert.equal(made.length, 1);
    mock.timers.tick(1_000);
    assert.equal(made.length, 2);
  });

  it('reads the close code of transports that have none from the last error', () => {
    const { made, connection } = opened();
    let closed;
    connection.on('closed', (event) => (closed = event));
    made[0].listener.frame({ type: 'err', message: 'unauthenticated: ended', details: { close_code: 4401 } });
    made[0].listener.closed(1006, '');
    assert.equal(closed.code, 4401);
  });

  it('gives up a link that answers pings and then falls silent', () => {
    const { made, connection } = opened();
    connection.pingEvery(1000);
    mock.timers.tick(1000);
    made[0].listener.frame({ type: 'pong' });
    mock.timers.tick(3000);
    assert.equal(made[0].closed, true);
    assert.equal(connection.state, 'waiting');
  });

  it('hears nothing of a link that it has given up', () => {
    const { made, connection } = opened();
    const pushed = [];
    connection.on('push', (event) => pushed.push(event));
    made[0].listener.closed(1006, '');
    made[0].listener.frame({ type: 'rec', address: 'inbox', body: { event: 'message' } });
    made[0].listener.closed(4409, '');
    assert.equal(connection.state, 'waiting');
    assert.deepEqual(pushed, []);
  });
});

describe('frames over TCP', () => {
  it('are found however the bytes are cut', () => {
    const texts = ['{"a":1}', '{"text":"ü€"}', '{}'];
    const bytes = Buffer.concat(
      texts.flatMap((text) => {
        const data = Buffer.from(text);
        const length = Buffer.alloc(4);
        length.writeUInt32BE(data.length);
        return [length, data];
      }),
    );
    for (let size = 1; size <= bytes.length; size++) {
      const read = [];
      const reader = frameReader(
        (text) => read.push(text),
        () => assert.fail('none is too long'),
      );
      for (let at = 0; at < bytes.length; at += size) reader(bytes.subarray(at, at + size));
      assert.deepEqual(read, texts, `pieces of ${size}`);
    }
  });

  it('may not be longer than any that the server makes', () => {
    let tooLong = false;
    frameReader(
      () => {},
      () => (tooLong = true),
    )(Buffer.from([0x7f, 0xff, 0xff, 0xff]));
    assert.equal(tooLong, true);
  });
});
