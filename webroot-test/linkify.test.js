import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkify } from '../webroot/js/text/linkify.js';

const links = (text) => linkify(text).filter(({ href }) => href);
const hrefs = (text) => links(text).map(({ href }) => href);

const CASES = [
  ['an address alone', 'https://a.example/', ['https://a.example/']],
  ['within a text', 'see http://a.example/x?y=1#z now', ['http://a.example/x?y=1#z']],
  ['capital letters', 'HTTPS://A.example', ['HTTPS://A.example']],
  ['other schemes are text', 'javascript:alert(1) ftp://a.example file:///etc', []],
  ['no address', 'https:// http://[ www. @ a@b www.x', []],
  ['in the middle of a word', 'xhttps://a.example', []],
  ['after a letter of another script', '见https://a.example/x', ['https://a.example/x']],
  [
    'full stop, comma, question mark',
    'https://a.example/x. https://b.example, https://c.example?',
    ['https://a.example/x', 'https://b.example', 'https://c.example'],
  ],
  ['several of them', 'https://a.example/x?!...', ['https://a.example/x']],
  [
    'brackets around',
    '(https://a.example/x) [https://b.example] {https://c.example}',
    ['https://a.example/x', 'https://b.example', 'https://c.example'],
  ],
  [
    'brackets within',
    'https://a.example/x_(y) (https://a.example/x_(y))',
    ['https://a.example/x_(y)', 'https://a.example/x_(y)'],
  ],
  ['brackets around and a full stop', '(see https://a.example/x.)', ['https://a.example/x']],
  [
    'quotes',
    '"https://a.example/x" \'https://b.example/y\' <https://c.example/z>',
    ['https://a.example/x', 'https://b.example/y', 'https://c.example/z'],
  ],
  [
    'typographic quotes',
    '“https://a.example/x” ‘https://b.example’ «https://c.example» „https://d.example“',
    ['https://a.example/x', 'https://b.example', 'https://c.example', 'https://d.example'],
  ],
  [
    'an ellipsis and a dash',
    'https://a.example/x… https://b.example—yes',
    ['https://a.example/x', 'https://b.example'],
  ],
  [
    'full-width punctuation',
    'https://a.example/x。 https://b.example，好 （https://c.example/z）「https://d.example」 https://e.example！',
    ['https://a.example/x', 'https://b.example', 'https://c.example/z', 'https://d.example', 'https://e.example'],
  ],
  [
    'Arabic punctuation',
    'https://a.example/x، https://b.example؟ https://c.example؛ https://d.example۔',
    ['https://a.example/x', 'https://b.example', 'https://c.example', 'https://d.example'],
  ],
  [
    'other punctuation',
    'https://a.example/x। https://b.example·c ¿https://c.example',
    ['https://a.example/x', 'https://b.example', 'https://c.example'],
  ],
  [
    'an ideographic space and one that does not break',
    'https://a.example/x\u3000y https://b.example\u00a0z',
    ['https://a.example/x', 'https://b.example'],
  ],
  ['marks of direction', 'https://a.example/\u202egnp.exe', ['https://a.example/']],
  ['an emoji after it', 'https://a.example/x👍', ['https://a.example/x']],
  ['letters of other scripts in it', 'https://bücher.example/straße?q=日本', ['https://bücher.example/straße?q=日本']],
  [
    'a port and a user',
    'http://127.0.0.1:8080/a https://u@a.example/',
    ['http://127.0.0.1:8080/a', 'https://u@a.example/'],
  ],
  [
    'www',
    'www.example.org and (www.example.org/x), Www.Example.org.',
    ['https://www.example.org', 'https://www.example.org/x', 'https://Www.Example.org'],
  ],
  ['no www', 'awww.example.org -www.example.org www.example ./www.example.org', []],
  [
    'mail',
    'ann@example.org, <bob.b+x@mail.example.org>. (c_d@e-f.example)',
    ['mailto:ann@example.org', 'mailto:bob.b%2Bx@mail.example.org', 'mailto:c_d@e-f.example'],
  ],
  [
    'mail of other scripts',
    'jörg@bücher.example 用户@例子.广告',
    [`mailto:${encodeURIComponent('jörg')}@bücher.example`, `mailto:${encodeURIComponent('用户')}@例子.广告`],
  ],
  ['no mail', '@ann ann@ ann@localhost a..b@example.org ann@-x.org ann@example.1', []],
  ['a mailto', 'mailto:ann@example.org', ['mailto:ann@example.org']],
];
for (const [what, text, expected] of CASES) {
  test(`finds the right ends of links: ${what}`, () => {
    assert.deepEqual(hrefs(text), expected);
    assert.equal(
      linkify(text)
        .map((part) => part.text)
        .join(''),
      text,
    );
  });
}

test('a part that is a link shows what was written', () => {
  assert.deepEqual(linkify('to www.example.org.'), [
    { text: 'to ' },
    { text: 'www.example.org', href: 'https://www.example.org' },
    { text: '.' },
  ]);
});

const LENGTH = 65_000;
const CRAFTED = {
  'closing brackets': `https://a/${')'.repeat(LENGTH)}`,
  'opening brackets': `https://a/${'('.repeat(LENGTH)}`,
  'pairs of brackets': `https://a/${'()'.repeat(LENGTH / 2)}${')'.repeat(LENGTH)}`,
  'full stops': `https://a/${'.'.repeat(LENGTH)}`,
  'mixed endings': `https://a/${').'.repeat(LENGTH / 2)}`,
  'beginnings that lead nowhere': 'http://['.repeat(LENGTH / 8),
  'beginnings in a row': 'http://'.repeat(LENGTH / 7),
  'beginnings with spaces': 'http:// '.repeat(LENGTH / 8),
  'www in a row': 'www.'.repeat(LENGTH / 4),
  'www that are none': '-www.a'.repeat(LENGTH / 6),
  'at signs': '@'.repeat(LENGTH),
  'at signs and letters': 'a@'.repeat(LENGTH / 2),
  'a long local part': `${'a'.repeat(LENGTH)}@${'b'.repeat(LENGTH)}`,
  labels: `a@${'b-.'.repeat(LENGTH / 3)}`,
  'one word': 'h'.repeat(LENGTH),
  marks: `https://a/${'\u0301'.repeat(LENGTH)}`,
};
for (const [what, text] of Object.entries(CRAFTED)) {
  test(`takes time in proportion to the text: ${what}`, () => {
    const started = performance.now();
    const parts = linkify(text);
    // Some ten milliseconds where it is linear, a minute and more where it is not.
    assert.ok(performance.now() - started < 5_000);
    assert.equal(parts.map((part) => part.text).join(''), text);
  });
}
