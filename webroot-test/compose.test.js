import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Conversation } from '../webroot/js/chat/conversation.js';
import { FakeClient, messageOf, summaryOf } from './support/fake-client.js';

function open(files = null) {
  const client = new FakeClient(3);
  const conversation = new Conversation(client, files, 'peer');
  conversation.update(summaryOf(3));
  return { client, compose: conversation.compose };
}

const own = messageOf(2, { sender_id: 'me' });

test('sends what was written, trimmed, and is empty then', () => {
  const { client, compose } = open();
  compose.write('  hello\n');
  compose.send();
  assert.deepEqual(client.callsOf('send'), [['send', { user_id: 'peer' }, 'hello', { replyTo: undefined }]]);
  assert.equal(compose.text, '');
});

test('an edit has its own text, and the draft is there again after it', () => {
  const { client, compose } = open();
  compose.write('a draft');
  compose.beginEdit(own);
  assert.equal(compose.text, 'message 2');
  compose.write('message two');
  assert.equal(compose.draft, 'a draft');
  compose.send();
  assert.deepEqual(
    client.callsOf('edit').map((call) => call.slice(2)),
    [[2, 'message two']],
  );
  assert.equal(client.callsOf('send').length, 0);
  assert.equal(compose.text, 'a draft');
});

test('an edit that is cancelled changes nothing', () => {
  const { client, compose } = open();
  compose.write('a draft');
  compose.beginEdit(own);
  compose.write('other words');
  compose.cancel();
  assert.equal(compose.text, 'a draft');
  assert.equal(client.callsOf('edit').length, 0);
});

test('a reply names what it replies to, once', () => {
  const { client, compose } = open();
  compose.replyTo(messageOf(3));
  compose.write('yes');
  compose.send();
  compose.write('and no');
  compose.send();
  assert.deepEqual(
    client.callsOf('send').map(([, , , options]) => options.replyTo),
    [3, undefined],
  );
});

test('files go with the text as their caption, but not with an edit', () => {
  const sent = [];
  const { compose } = open({ send: (...call) => sent.push(call) });
  const file = { id: 1, file: {}, url: 'blob:1', about: {} };
  compose.attachments = [file];
  compose.beginEdit(own);
  compose.write('changed');
  compose.send();
  assert.equal(sent.length, 0);
  compose.write('a caption');
  compose.send();
  assert.deepEqual(sent, [['peer', [file], 'a caption', undefined]]);
  assert.deepEqual(compose.attachments, []);
});

test('the other is told of typing, and that it has ended', () => {
  const { client, compose } = open();
  compose.write('x');
  compose.write('');
  assert.deepEqual(
    client.callsOf('typing').map(([, , typing]) => typing),
    [true, false],
  );
});
