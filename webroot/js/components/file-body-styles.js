import { css } from 'lit';

/** The file of a message. */
export const fileBody = css`
  :host {
    display: grid;
    justify-items: start;
    max-width: 100%;
    white-space: normal;
  }

  .picture {
    display: grid;
    place-items: center;
    width: 100%;
    min-height: 0;
    padding: 0;
    border: 0;
    border-radius: calc(var(--round-bubble) - 0.25rem);
    background: rgb(127 127 127 / 0.18);
    overflow: hidden;
    cursor: zoom-in;
  }

  .picture:active {
    transform: none;
  }

  img,
  video {
    display: block;
    max-width: 100%;
    height: auto;
    object-fit: cover;
  }

  video {
    border-radius: calc(var(--round-bubble) - 0.25rem);
    background: #000;
  }

  audio {
    width: min(18rem, 66vw);
    height: 2.75rem;
  }

  .name {
    padding: 0.1rem 0.6rem;
    font-size: var(--text-small);
  }

  /* As wide as what it belongs to, or there would be a stripe beside that. */
  .caption {
    width: 0;
    min-width: max(100%, min(14rem, 60vw));
    padding: 0.35rem 0.6rem 0.2rem;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }

  .caption a {
    color: inherit;
  }

  .card {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: var(--gap-3);
    width: 100%;
    min-width: min(14rem, 60vw);
    max-width: 21rem;
    min-height: 3.4rem;
    padding: 0.4rem 0.6rem;
    border: 0;
    border-radius: calc(var(--round-bubble) - 0.25rem);
    background: rgb(127 127 127 / 0.13);
    color: inherit;
    font: inherit;
    text-align: start;
  }

  button.card:hover {
    background: rgb(127 127 127 / 0.22);
  }

  .sign {
    display: grid;
    place-items: center;
    width: 2.4rem;
    height: 2.4rem;
    border-radius: 0.6rem;
    background: rgb(127 127 127 / 0.22);
  }

  .what {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    min-width: 0;
    line-height: 1.3;
  }

  .what b {
    display: flex;
    min-width: 0;
    font-weight: 600;
    white-space: pre;
  }

  .what b span {
    min-width: 0;
    overflow: hidden;
    font-size: inherit;
    opacity: 1;
    text-overflow: ellipsis;
  }

  .what > span {
    font-size: 0.8rem;
    opacity: 0.8;
  }
`;
