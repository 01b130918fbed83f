import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Conversation } from '../webroot/js/chat/conversation.js';
import { Drafts } from '../webroot/js/session/drafts.js';
import { FakeClient, messageOf, summaryOf } from './support/fake-client.js';
import { FakeStorage } from './support/fake-storage.js';

function open(files = null, storage = new FakeStorage()) {
  const client = new FakeClient(3);
  const conversation = new Conversation(client, files, new Drafts('me', storage), 'peer');
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

test('a draft, an edit and a reply are there again after a reload', () => {
  const storage = new FakeStorage();
  const before = open(null, storage).compose;
  before.write('half a sen');
  before.beginEdit(own);
  before.write('message two, and a');
  const { compose } = open(null, storage);
  assert.equal(compose.text, 'message two, and a');
  assert.equal(compose.edit.message.seq, 2);
  compose.cancel();
  assert.equal(compose.text, 'half a sen');
  compose.replyTo(messageOf(3));
  assert.equal(open(null, storage).compose.replyingTo.seq, 3);
});

test('an edit in one conversation leaves the texts of others alone', () => {
  const client = new FakeClient(3);
  const drafts = new Drafts('me', new FakeStorage());
  const [one, other] = ['peer', 'other'].map((peer) => new Conversation(client, null, drafts, peer).compose);
  one.write('to one');
  one.beginEdit(own);
  other.write('to the other');
  other.send();
  one.cancel();
  assert.equal(one.text, 'to one');
  assert.equal(other.text, '');
});

test('another tab shows what is written in this one, and no longer what was sent', () => {
  const storage = new FakeStorage();
  const here = open(null, storage).compose;
  const there = open(null, storage).compose;
  here.write('hello');
  there.restore();
  assert.equal(there.text, 'hello');
  here.send();
  there.restore();
  assert.equal(there.text, '');
  assert.deepEqual(storage.keys(''), []);
});

test('so many drafts are kept, the oldest goes first, and none after a logout', () => {
  const storage = new FakeStorage();
  const drafts = new Drafts('me', storage);
  for (let i = 0; i < 201; i++) {
    drafts.set(`d.${i}`, { text: 'x' });
  }
  assert.equal(storage.keys('').length, 200);
  new Drafts('somebody', storage).set('d.1', { text: 'y' });
  drafts.forgetAll();
  assert.deepEqual(storage.keys(''), ['draft.somebody.d.1']);
});
