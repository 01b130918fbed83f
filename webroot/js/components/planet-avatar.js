import { LitElement, html, svg, css } from 'lit';

/** Hues that stay apart from each other and from the saffron of the logo. */
const HUES = [222, 262, 318, 348, 14, 158, 186, 202];

function hash(text) {
  let value = 2166136261;
  for (const character of text) value = Math.imul(value ^ character.codePointAt(0), 16777619);
  return value >>> 0;
}

function initialOf(name) {
  const letter = [...name.trim().replace(/^@/, '')][0] ?? '?';
  return letter.toLocaleUpperCase();
}

/** Avatar of a person as a small planet: its hue, bands and tilt follow from the user id, so it is the same everywhere. */
export class PlanetAvatar extends LitElement {
  static properties = { userId: {}, name: {}, online: { type: Boolean, reflect: true } };

  static styles = css`
    :host {
      display: block;
      width: 2.75rem;
      height: 2.75rem;
      flex: none;
      position: relative;
    }

    :host([online])::after {
      content: '';
      position: absolute;
      inset: auto -1px -1px auto;
      width: 27%;
      height: 27%;
      border: 2px solid var(--surface);
      border-radius: 50%;
      background: var(--good);
    }

    svg {
      display: block;
      width: 100%;
      height: 100%;
      border-radius: 50%;
    }

    text {
      font: 650 17px var(--font);
      fill: #fff;
      text-anchor: middle;
    }
  `;

  render() {
    const seed = hash(this.userId ?? '');
    const hue = HUES[seed % HUES.length];
    const tilt = ((seed >>> 5) % 50) - 25;
    const first = 6 + ((seed >>> 11) % 6);
    const second = 27 + ((seed >>> 15) % 6);
    const width = 3 + ((seed >>> 19) % 4);
    return html`<svg viewBox="0 0 44 44" aria-hidden="true">
      <rect width="44" height="44" fill="hsl(${hue} 42% 42%)" />
      <g transform="rotate(${tilt} 22 22)" fill="none">
        ${svg`<path d="M-6 ${first}q28 9 56 0" stroke="hsl(${hue} 48% 52%)" stroke-width=${width + 2} />
        <path d="M-6 ${second}q28 9 56 0" stroke="hsl(${hue} 46% 34%)" stroke-width=${width + 3} />
        <path d="M-6 ${second + 9}q28 9 56 0" stroke="hsl(${hue + 14} 50% 50%)" stroke-width=${width} />`}
      </g>
      <text x="22" y="28">${initialOf(this.name ?? '?')}</text>
    </svg>`;
  }
}
customElements.define('planet-avatar', PlanetAvatar);
