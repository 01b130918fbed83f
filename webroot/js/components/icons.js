import { svg, html } from 'lit';

const icon = (shape) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${shape}</svg>`;

export const icons = {
  alert: icon(svg`<circle cx="12" cy="12" r="9"/><path d="M12 7.5v5.5M12 16.4v.1"/>`),
  bell: icon(svg`<path d="M6 16v-5a6 6 0 0 1 12 0v5l1.5 2.5h-15zM10 21h4"/>`),
  bin: icon(svg`<path d="M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 12.5h9l1-12.5M10 11v5M14 11v5"/>`),
  back: icon(svg`<path d="M15 5l-7 7 7 7"/>`),
  check: icon(svg`<path d="M5 12.5l4.5 4.5L19 7.5"/>`),
  checks: icon(svg`<path d="M2 12.5L6.5 17 15 8M11 15.5l1.5 1.5L22 7.5"/>`),
  clock: icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3 2"/>`),
  close: icon(svg`<path d="M6 6l12 12M18 6L6 18"/>`),
  copy: icon(svg`<rect x="9" y="9" width="11" height="11" rx="2.5"/><path d="M5.5 15H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v.5"/>`),
  device: icon(svg`<rect x="3" y="4.5" width="18" height="12" rx="2"/><path d="M8.5 20h7M12 16.5V20"/>`),
  down: icon(svg`<path d="M12 5v14M6 13l6 6 6-6"/>`),
  leave: icon(svg`<path d="M10 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h4M15 8l4 4-4 4M19 12H9"/>`),
  link: icon(svg`<path d="M10 14a4 4 0 0 0 6 .4l3-3a4.1 4.1 0 0 0-5.8-5.8l-1 1M14 10a4 4 0 0 0-6-.4l-3 3a4.1 4.1 0 0 0 5.8 5.8l1-1"/>`),
  more: icon(svg`<path d="M5.5 12v.1M12 12v.1M18.5 12v.1" stroke-width="3"/>`),
  next: icon(svg`<path d="M9 5l7 7-7 7"/>`),
  offline: icon(svg`<path d="M3 3l18 18M8.6 15.2a5 5 0 0 1 6.8 0M5.2 11.7a10 10 0 0 1 4.4-2.5M13.6 8.9a10 10 0 0 1 5.2 2.8M2 8.3a15 15 0 0 1 4.4-2.9M10.6 4.2A15 15 0 0 1 22 8.3M12 19.3v.1"/>`),
  pen: icon(svg`<path d="M4.5 19.5l1-4L16 5l3 3L8.5 18.5z"/>`),
  plus: icon(svg`<path d="M12 5v14M5 12h14"/>`),
  reply: icon(svg`<path d="M10 6L4.5 11.5 10 17M5 11.5h9a5 5 0 0 1 5 5V19"/>`),
  search: icon(svg`<circle cx="10.8" cy="10.8" r="6.3"/><path d="M20 20l-4.7-4.7"/>`),
  send: icon(svg`<path d="M12 19V5M5.5 11.5L12 5l6.5 6.5"/>`),
};
