// Two stock clients chat: node stock-client.js URL ALICE_TOKEN BOB_TOKEN BOB_ID
// Prints one line of JSON with what they saw; fails if anything takes too long.
'use strict';

const EventBus = require('@vertx/eventbus-bridge-client.js');

const [url, aliceToken, bobToken, bobId] = process.argv.slice(2);
const PATIENCE_MILLIS = 20_000;

setTimeout(() => {
  console.error('the stock client waited in vain');
  process.exit(1);
}, PATIENCE_MILLIS).unref();

function connect() {
  return new Promise((resolve) => {
    const bus = new EventBus(url, { vertxbus_ping_interval: 200, transports: ['websocket'] });
    bus.unhandled = [];
    bus.onunhandled = (frame) => bus.unhandled.push(frame);
    bus.onerror = (error) => bus.unhandled.push(error);
    bus.onopen = () => resolve(bus);
  });
}

function send(bus, address, body) {
  return new Promise((resolve) => {
    bus.send(address, body, (error, message) => resolve({ error, body: message && message.body }));
  });
}

async function main() {
  const alice = await connect();
  const bob = await connect();
  const early = await send(alice, 'mds.send', {});
  const refused = new Promise((resolve) =>
    alice.registerHandler('inbox', (error, message) => resolve({ error, message })),
  );
  const registeredEarly = await refused;
  const opened = await send(alice, 'session.open', { user_token: aliceToken });
  await send(bob, 'session.open', { user_token: bobToken });
  const received = new Promise((resolve) =>
    bob.registerHandler('inbox', (error, message) => resolve(message)),
  );
  await send(bob, 'no.such.operation', {});
  const stored = await send(alice, 'mds.send', {
    to: { user_id: bobId },
    client_id: 'stock-1',
    body: { type: 'text', text: 'from the stock client' },
  });
  const event = await received;
  // Several pings later nothing unexpected has come.
  await new Promise((resolve) => setTimeout(resolve, 700));
  const last = await send(alice, 'no.such.operation', {});
  console.log(
    JSON.stringify({
      early: early.error,
      registeredEarly: registeredEarly.error,
      opened: opened.body,
      stored: stored.body,
      event: event.body,
      last: last.error,
      unhandled: alice.unhandled.concat(bob.unhandled),
    }),
  );
  process.exit(0);
}

main();
