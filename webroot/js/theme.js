import { shared } from './session/browser-storage.js';

export const THEMES = ['system', 'light', 'dark'];

export const theme = () => shared.get('theme', 'system');

export function applyTheme(choice = theme()) {
  if (choice === 'system') document.documentElement.removeAttribute('data-theme');
  else document.documentElement.dataset.theme = choice;
}

/** @param {string} choice */
export function chooseTheme(choice) {
  shared.set('theme', choice);
  applyTheme(choice);
}
