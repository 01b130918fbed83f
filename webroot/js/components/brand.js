import { html, svg } from 'lit';

const planet = svg`<clipPath id="planet"><circle cx="33" cy="30" r="26" /></clipPath>
  <path d="M13 40 6 61l22-6z" fill="#f2b134" />
  <circle cx="33" cy="30" r="26" fill="#f2b134" />
  <g clip-path="url(#planet)" fill="none">
    <path d="M4 9q29 13 58 0" stroke="#fbdc94" stroke-width="6" />
    <path d="M4 21q29 13 58 0" stroke="#d98b1f" stroke-width="4" />
    <ellipse cx="44" cy="24" rx="5" ry="3.6" fill="#b9501f" />
  </g>
  <path d="M18 35q15 15 30 0" fill="none" stroke="#27325a" stroke-width="5" stroke-linecap="round" />`;

/** The mark: Jupiter, Jove's planet, as a speech bubble with a smile. */
export const mark = html`<svg class="mark" viewBox="0 0 64 64" aria-hidden="true">${planet}</svg>`;

/** The planet with its moons, for pages that would be empty otherwise. */
export const orbits = html`<svg class="orbits" viewBox="0 0 320 220" aria-hidden="true">
  <g fill="none" stroke="var(--line)" stroke-width="1.5">
    <ellipse cx="160" cy="112" rx="104" ry="38" transform="rotate(-14 160 112)" />
    <ellipse cx="160" cy="112" rx="148" ry="66" transform="rotate(-14 160 112)" />
  </g>
  <g transform="translate(112 62) scale(1.5)">${planet}</g>
  <circle cx="262" cy="96" r="9" fill="hsl(222 42% 52%)" />
  <circle cx="23" cy="158" r="6" fill="hsl(348 48% 58%)" />
  <circle cx="94" cy="58" r="4.5" fill="hsl(158 36% 48%)" />
</svg>`;
