import { html } from 'lit';
import { linkify } from '../text/linkify.js';

/**
 * A text with its links.
 * @param {string} text
 */
export const linkedText = (text) =>
  linkify(text).map((part) =>
    part.href
      ? html`<a href=${part.href} target="_blank" rel="noopener noreferrer nofollow">${part.text}</a>`
      : part.text,
  );
