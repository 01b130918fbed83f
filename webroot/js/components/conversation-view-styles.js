import { css } from 'lit';

/** Styles of `conversation-view`. */
export const conversationView = css`
  :host {
    display: grid;
    grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr);
    min-width: 0;
    min-height: 0;
    position: relative;
  }

  .drop {
    position: absolute;
    inset: var(--gap-3);
    z-index: 4;
    display: none;
    place-content: center;
    justify-items: center;
    gap: var(--gap-2);
    border: 2px dashed var(--focus);
    border-radius: var(--round);
    background: color-mix(in srgb, var(--surface) 92%, transparent);
    color: var(--ink);
    font-weight: 600;
    pointer-events: none;
  }

  :host([dropping]) .drop {
    display: grid;
  }

  .drop .icon {
    width: 2.25rem;
    height: 2.25rem;
  }

  .nobody {
    align-self: center;
    justify-self: center;
    padding: var(--gap-5);
    max-width: 26rem;
    color: var(--ink-soft);
    text-align: center;
  }

  header {
    display: flex;
    align-items: center;
    gap: var(--gap-3);
    min-height: var(--bar-height);
    padding: env(safe-area-inset-top) var(--gap-4) 0;
    border-bottom: 1px solid var(--line);
  }

  h2 {
    overflow: hidden;
    font-size: 1.0625rem;
    letter-spacing: -0.01em;
    line-height: 1.25;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  header div {
    min-width: 0;
  }

  header p {
    display: flex;
    white-space: pre;
    color: var(--ink-faint);
    font-size: var(--text-small);
  }

  header p span:first-child {
    overflow: hidden;
    text-overflow: ellipsis;
  }

  header p span + span {
    flex: none;
  }

  planet-avatar {
    width: 2.5rem;
    height: 2.5rem;
  }

  #back {
    display: none;
    margin-inline-start: calc(var(--gap-3) * -1);
    margin-inline-end: calc(var(--gap-2) * -1);
  }

  footer {
    padding: 0 var(--gap-4) max(var(--gap-4), env(safe-area-inset-bottom));
  }

  footer > * {
    max-width: var(--reading-width);
    margin-inline: auto;
  }

  connection-notice {
    display: block;
  }

  @media (max-width: 46rem) {
    #back {
      display: inline-flex;
    }

    footer {
      padding: 0 var(--gap-2) max(var(--gap-2), env(safe-area-inset-bottom));
    }
  }
`;
