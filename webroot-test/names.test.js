import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isBlank, shownFileName, shownName, shownText, splitEnding } from '../webroot/js/text/shown.js';
import { skeleton } from '../webroot/js/text/skeleton.js';

test('names of people of all scripts are shown as they are', () => {
  const names = [
    'Ann',
    'José',
    'Åsa Öberg',
    '李小龍',
    'さくら',
    '김철수',
    'Nguyễn Thị Hương',
    'ऋषि',
    'క్షేత్ర',
    '👨‍👩‍👧 Smith',
    '🏴󠁧󠁢󠁳󠁣󠁴󠁿',
    '❤️ Ann',
    "O'Neil-Smith",
    '葛󠄀',
  ];
  for (const name of names) assert.equal(shownName(name), name);
});

test('letters that join, or do not, keep what says so', () => {
  assert.equal(shownName('می\u200cخواهم'), '\u2068می\u200cخواهم\u2069');
  assert.equal(shownName('क्\u200dष'), 'क्\u200dष');
});

test('characters that cannot be seen have a mark', () => {
  for (const invisible of [
    '\u200b',
    '\u200d',
    '\u2060',
    '\ufeff',
    '\u00ad',
    '\u3164',
    '\u202e',
    '\u2066',
    '\u2800',
    '\u0007',
    '\u{e0041}',
    '\u034f',
    '\ufe0f',
  ]) {
    const shown = shownName(`an${invisible}n`);
    assert.equal(shown, 'an\ufffdn', `U+${invisible.codePointAt(0).toString(16)}`);
  }
});

test('a name is one line, without spaces around it', () => {
  assert.equal(shownName('  Ann \n\u3000 Lee\u2028'), 'Ann Lee');
});

test('a name of nothing visible is none', () => {
  for (const name of ['', ' ', '\u200b\u3164', '\u2800', '\u0301\u0302', '\u202e\u202c', undefined])
    assert.equal(shownName(name), '');
});

test('marks are not piled up', () => {
  const piled = `A${'\u0301'.repeat(60)}nn`;
  assert.equal(shownName(piled), `A${'\u0301'.repeat(4)}nn`);
});

test('names from right to left do not turn what is beside them', () => {
  assert.equal(shownName('דנה'), '\u2068דנה\u2069');
  assert.equal(shownName('ann'), 'ann');
});

test('the ending of a file is seen for what it is', () => {
  assert.equal(shownFileName('cod\u202efdp.exe'), 'cod\ufffdfdp.exe');
  assert.equal(shownFileName('חוזה.exe'), '\u2066חוזה.exe\u2069');
  assert.equal(shownFileName('report\u200b.pdf'), 'report\ufffd.pdf');
  assert.equal(shownFileName(' \u200b'), 'without a name');
  assert.equal(shownFileName('report.pdf'), 'report.pdf');
});

test('the ending of a long name of a file can be shown apart', () => {
  assert.deepEqual(splitEnding(`${'n'.repeat(200)}.tar.gz`), [`${'n'.repeat(200)}.tar`, '.gz']);
  assert.deepEqual(splitEnding('README'), ['README', '']);
  assert.deepEqual(splitEnding('a. long sentence'), ['a. long sentence', '']);
});

test('a text keeps its directions, but no letters are turned around', () => {
  assert.equal(shownText('a \u2067דנה\u2069 b\u200f'), 'a \u2067דנה\u2069 b\u200f');
  assert.equal(shownText('see \u202egro.elpmaxe'), 'see \ufffdgro.elpmaxe');
});

test('blank is what cannot be seen', () => {
  for (const text of ['', ' \n\t', '\u3000\u00a0', '\u200b\u200d', '\u3164', '\u2800', '\u00ad', '\u202e', '\u180e'])
    assert.equal(isBlank(text), true);
  for (const text of ['.', 'a\u200b', '👍', '\u0300a', '✈️']) assert.equal(isBlank(text), false);
});

test('twins have one skeleton', () => {
  const twins = [
    ['mike', 'mi̇ke', 'mikе', 'МIКЕ', 'ｍｉｋｅ', 'mi\u200bke', 'Mike.', 'mlke', 'm1ke', 'ⓜⓘⓚⓔ', '𝐦𝐢𝐤𝐞'],
    ['ann', 'ａｎｎ', 'Ann', 'аnn', 'A N N', 'ánn'],
    ['Carla Boss', 'carla\u00a0boss', 'Сarla Вoss'],
    ['modern', 'modem', 'mоdern'],
    ['straße', 'STRASSE'.toLowerCase().replace('ss', 'ß')],
  ];
  for (const [first, ...others] of twins)
    for (const other of others) assert.equal(skeleton(other), skeleton(first), other);
  assert.notEqual(skeleton('ann'), skeleton('anna'));
  assert.notEqual(skeleton('李'), skeleton('王'));
});
