import assert from 'node:assert/strict';
import { test } from 'node:test';
import { People } from '../webroot/js/chat/people.js';

let accounts = 0;

async function peopleOf(...users) {
  const requests = [];
  const session = {
    account: { user_id: `me-${++accounts}` },
    async request(_operation, { user_ids: ids }) {
      requests.push(ids);
      if (ids.includes('no id')) throw Object.assign(new Error('no id'), { code: 'invalid_request' });
      return { users: users.filter((user) => ids.includes(user.user_id)) };
    },
  };
  const people = new People(session);
  const fetched = new Promise((resolve) => people.addEventListener('change', resolve, { once: true }));
  for (const { user_id: id } of users) people.get(id);
  if (users.length) await fetched;
  return { people, requests };
}

const user = (id, username, name) => ({ user_id: id, username, profile: name ? { name } : undefined });

test('a whole list costs one request', async () => {
  const { requests } = await peopleOf(user('1', 'ann'), user('2', 'bob'), user('3', 'carla'));
  assert.deepEqual(requests, [['1', '2', '3']]);
});

test('a name of its own needs no handle beside it, but has one', async () => {
  const { people } = await peopleOf(user('1', 'ann.lee', 'Ann'), user('2', 'bob'));
  const ann = people.get('1');
  assert.deepEqual([ann.label, ann.handle, ann.ambiguous], ['Ann', '@ann.lee', false]);
  assert.equal(people.get('2').handle, '');
});

test('people of one name, or of names that look alike, have their handles beside them', async () => {
  for (const twin of ['Carla Boss', 'carla boss', 'Cаrla Bоss', 'Carla\u200b Boss', 'Ｃａｒｌａ Ｂｏｓｓ']) {
    const { people } = await peopleOf(user('1', 'carla.boss', 'Carla Boss'), user('2', 'zz', twin));
    assert.equal(people.get('1').label, 'Carla Boss @carla.boss');
    assert.match(people.get('2').label, / @zz$/);
  }
});

test("who takes another's username as their name is told apart, too", async () => {
  const { people } = await peopleOf(user('1', 'carla'), user('2', 'zz', 'carla'));
  assert.equal(people.get('1').label, 'carla @carla');
  assert.equal(people.get('2').label, 'carla @zz');
});

test('a name of nothing visible is not shown', async () => {
  const { people } = await peopleOf(user('1', 'ann', '\u200b\u3164'), user('2', undefined, ' '));
  assert.equal(people.get('1').name, 'ann');
  assert.equal(people.get('2').name, 'User 2');
});

test('one who is no more, or never was, is said to be missing', async () => {
  const { people } = await peopleOf(user('1', 'ann'));
  people.get('nobody');
  await new Promise((resolve) => people.addEventListener('change', resolve, { once: true }));
  assert.equal(people.get('nobody').missing, true);
  assert.equal(people.get('1').missing, undefined);
});

test('an id that is none spoils nothing for the others', async () => {
  const { people } = await peopleOf(user('1', 'ann'), user('no id', 'x'));
  assert.equal(people.get('1').name, 'ann');
  assert.equal(people.get('no id').missing, true);
});
