import { css } from 'lit';

/** Styles of `sign-in`. */
export const signIn = css`
  :host,
  form {
    display: grid;
    gap: var(--gap-4);
  }

  h2 {
    font-size: var(--text-title);
    line-height: 1.2;
    letter-spacing: -0.02em;
    overflow-wrap: anywhere;
  }

  .where {
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .modes {
    display: grid;
    grid-template-columns: 2fr 3fr;
    gap: var(--gap-1);
    padding: var(--gap-1);
    border-radius: var(--round-full);
    background: var(--paper);
  }

  .modes button {
    border: 0;
    background: none;
    color: var(--ink-soft);
    min-height: 2.5rem;
    padding: 0 var(--gap-2);
    font-size: 0.9rem;
  }

  .modes button[aria-pressed='true'] {
    background: var(--raised);
    color: var(--ink);
    box-shadow: 0 1px 3px rgb(0 0 0 / 0.14);
  }

  ul {
    display: grid;
    gap: var(--gap-2);
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li button {
    width: 100%;
    justify-content: start;
    min-height: 3.25rem;
    padding: 0 var(--gap-3);
    border-radius: var(--round);
  }

  planet-avatar {
    width: 2.1rem;
    height: 2.1rem;
  }
`;
