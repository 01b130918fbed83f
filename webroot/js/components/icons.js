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
  clip: icon(
    svg`<path d="M19.5 11.5l-7.6 7.6a4.7 4.7 0 0 1-6.7-6.7l8-8a3.2 3.2 0 0 1 4.5 4.5l-7.9 7.9a1.6 1.6 0 0 1-2.3-2.3l7-7"/>`,
  ),
  copy: icon(
    svg`<rect x="9" y="9" width="11" height="11" rx="2.5"/><path d="M5.5 15H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v.5"/>`,
  ),
  device: icon(svg`<rect x="3" y="4.5" width="18" height="12" rx="2"/><path d="M8.5 20h7M12 16.5V20"/>`),
  down: icon(svg`<path d="M12 5v14M6 13l6 6 6-6"/>`),
  file: icon(svg`<path d="M6 3.5h8l4.5 4.5v12.5H6zM14 3.5V8h4.5"/>`),
  film: icon(svg`<rect x="3.5" y="5" width="17" height="14" rx="2.5"/><path d="M10 9.2v5.6l4.8-2.8z"/>`),
  leave: icon(svg`<path d="M10 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h4M15 8l4 4-4 4M19 12H9"/>`),
  link: icon(
    svg`<path d="M10 14a4 4 0 0 0 6 .4l3-3a4.1 4.1 0 0 0-5.8-5.8l-1 1M14 10a4 4 0 0 0-6-.4l-3 3a4.1 4.1 0 0 0 5.8 5.8l1-1"/>`,
  ),
  mic: icon(svg`<rect x="9" y="3.5" width="6" height="10.5" rx="3"/><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3"/>`),
  more: icon(svg`<path d="M5.5 12v.1M12 12v.1M18.5 12v.1" stroke-width="3"/>`),
  next: icon(svg`<path d="M9 5l7 7-7 7"/>`),
  offline: icon(
    svg`<path d="M3 3l18 18M8.6 15.2a5 5 0 0 1 6.8 0M5.2 11.7a10 10 0 0 1 4.4-2.5M13.6 8.9a10 10 0 0 1 5.2 2.8M2 8.3a15 15 0 0 1 4.4-2.9M10.6 4.2A15 15 0 0 1 22 8.3M12 19.3v.1"/>`,
  ),
  note: icon(
    svg`<path d="M9 17.5V5.5l10-2v12"/><circle cx="6.5" cy="17.5" r="2.5"/><circle cx="16.5" cy="15.5" r="2.5"/>`,
  ),
  pack: icon(svg`<rect x="4" y="5" width="16" height="15" rx="2"/><path d="M4 9.5h16M12 5v4.5M10 13.5h4"/>`),
  page: icon(svg`<path d="M6 3.5h8l4.5 4.5v12.5H6zM14 3.5V8h4.5M9 12h6M9 15.5h6"/>`),
  pause: icon(svg`<path d="M8.5 5.5v13M15.5 5.5v13"/>`),
  pen: icon(svg`<path d="M4.5 19.5l1-4L16 5l3 3L8.5 18.5z"/>`),
  picture: icon(
    svg`<rect x="3.5" y="5" width="17" height="14" rx="2.5"/><circle cx="9" cy="10" r="1.6"/><path d="M4 17l5-4 3.5 2.5L16 12l4.5 4"/>`,
  ),
  play: icon(svg`<path d="M8 5v14l11-7z"/>`),
  plus: icon(svg`<path d="M12 5v14M5 12h14"/>`),
  reply: icon(svg`<path d="M10 6L4.5 11.5 10 17M5 11.5h9a5 5 0 0 1 5 5V19"/>`),
  save: icon(svg`<path d="M12 4v11M7 10.5l5 5 5-5M5 20h14"/>`),
  search: icon(svg`<circle cx="10.8" cy="10.8" r="6.3"/><path d="M20 20l-4.7-4.7"/>`),
  send: icon(svg`<path d="M12 19V5M5.5 11.5L12 5l6.5 6.5"/>`),
};
