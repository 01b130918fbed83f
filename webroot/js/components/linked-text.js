import { html } from 'lit';
import { linkify } from '../text/linkify.js';
import { shownText } from '../text/shown.js';

/**
 * The text of a message with its links.
 * @param {string} text
 */
export const linkedText = (text) =>
  linkify(shownText(text)).map((part) =>
    part.href
      ? html`<a href=${part.href} target="_blank" rel="noopener noreferrer nofollow">${part.text}</a>`
      : part.text,
  );
