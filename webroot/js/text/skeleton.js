/** Letters that look like others, after case folding (a part of the confusables of UTS #39). */
const LOOK_ALIKE = new Map(
  Object.entries({
    a: 'аαɑ',
    b: 'ЬƄвβ',
    c: 'сϲ',
    d: 'ԁ',
    e: 'еєҽ',
    g: 'ɡ',
    h: 'һнհ',
    i: 'іıιӏl1|',
    j: 'јϳ',
    k: 'кκ',
    m: 'м',
    n: 'ոη',
    o: 'оοօ0σ',
    p: 'рρ',
    q: 'ԛ',
    r: 'гᴦ',
    s: 'ѕ',
    t: 'тτ',
    u: 'υս',
    v: 'ѵν',
    w: 'ԝω',
    x: 'хχ',
    y: 'уγү',
    z: 'ᴢ',
  }).flatMap(([letter, others]) => [...others].map((other) => [other, letter])),
);

/**
 * What two names have in common that may be taken for each other: by case, width, marks, look-alikes of other scripts, spaces,
 * punctuation and characters that cannot be seen. Not to be shown.
 * @param {string} name
 */
export function skeleton(name) {
  const bare = name
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\p{M}\p{DI}\p{C}\p{Z}\p{P}\ufffd]/gu, '');
  return [...bare]
    .map((letter) => LOOK_ALIKE.get(letter) ?? letter)
    .join('')
    .replaceAll('rn', 'm');
}
