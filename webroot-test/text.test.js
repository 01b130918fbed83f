import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bodyText, kindOf } from '../webroot/js/text/body-text.js';
import { deviceName } from '../webroot/js/text/device-name.js';
import { isOnlyEmoji } from '../webroot/js/text/emoji.js';
import { explain, fieldOf } from '../webroot/js/text/explain.js';
import { isComposing } from '../webroot/js/text/keys.js';
import { lengthText, sizeText } from '../webroot/js/text/sizes.js';

test('a message in one line', () => {
  assert.equal(bodyText({ type: 'text', text: 'hello' }), 'hello');
  assert.equal(bodyText({ type: 'file', name: 'a.pdf', mime_type: 'application/pdf' }), 'File: a.pdf');
  assert.equal(bodyText({ type: 'file', name: 'a.png', mime_type: 'image/png' }), 'Photo');
  assert.equal(bodyText({ type: 'file', name: 'a.png', mime_type: 'image/png', text: 'look' }), 'Photo: look');
  assert.equal(bodyText({ type: 'location', latitude: 1, longitude: 2 }), 'Place: 1, 2');
  assert.equal(bodyText({ type: 'text', text: 'hello' }, 'redacted'), 'This message was deleted');
  assert.equal(bodyText(undefined, 'expired'), 'This message has expired');
  assert.match(bodyText({ type: 'x.unknown' }), /cannot show/);
});

test('only pictures that browsers show without scripts are pictures', () => {
  assert.equal(kindOf({ mime_type: 'image/png' }), 'image');
  assert.equal(kindOf({ mime_type: 'image/svg+xml' }), 'file');
  assert.equal(kindOf({ mime_type: 'video/mp4' }), 'video');
  assert.equal(kindOf({ mime_type: 'audio/mp4', voice: true }), 'voice');
  assert.equal(kindOf({}), 'file');
});

test('one to three emoji are large', () => {
  for (const text of ['👍', '❤️', '👨‍👩‍👧‍👦', '🇩🇪 🇫🇷', '👍🏽👍🏿👍']) assert.equal(isOnlyEmoji(text), true, text);
  for (const text of ['', ' ', '👍👍👍👍', 'a👍', '1', '👍'.repeat(10_000)])
    assert.equal(isOnlyEmoji(text), false, text);
});

test('errors in words for people', () => {
  assert.equal(
    explain({ code: 'rate_limited', retryAfterMs: 4_200 }),
    'Too many attempts. Please try again in 5 seconds.',
  );
  assert.equal(explain({ code: 'rate_limited' }), 'Too many attempts. Please try again in a moment.');
  assert.equal(explain({ code: 'conflict', message: 'the `username` is taken' }), 'The username is taken.');
  assert.match(explain({ code: 'offline', message: 'x' }), /no connection/);
});

test('errors name the field that they are about', () => {
  const fields = ['username', 'password'];
  assert.equal(fieldOf({ code: 'invalid_request', details: { field: 'body.username' } }, fields), 'username');
  assert.equal(fieldOf({ code: 'conflict', message: 'the username is taken' }, fields), 'username');
  assert.equal(fieldOf({ code: 'internal', message: 'the username is taken' }, fields), '');
  assert.equal(fieldOf({ code: 'conflict', message: 'something else' }, fields), '');
});

test('sizes and lengths as people say them', () => {
  assert.equal(sizeText(0), '0 bytes');
  assert.match(sizeText(1_500), /^2 kB$/);
  assert.match(sizeText(2_500_000), /^2.5 MB$/);
  assert.equal(lengthText(7_400), '0:07');
  assert.equal(lengthText(723_000), '12:03');
  assert.equal(lengthText(3_723_000), '1:02:03');
});

test('devices in words', () => {
  const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';
  assert.equal(deviceName(firefox), 'Firefox on Linux');
  assert.equal(deviceName('my bot'), 'my bot');
  assert.equal(deviceName(undefined), 'A device');
});

test('keys of an input method are not ours, in Safari neither', () => {
  assert.equal(isComposing({ isComposing: true, keyCode: 13 }), true);
  assert.equal(isComposing({ isComposing: false, keyCode: 229 }), true);
  assert.equal(isComposing({ isComposing: false, keyCode: 13 }), false);
});
