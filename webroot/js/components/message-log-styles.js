import { css } from 'lit';

/** Styles of `message-log`. */
export const messageLog = css`
  :host {
    position: relative;
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    min-height: 0;
  }

  .scroller {
    position: relative;
    overflow: hidden auto;
    overflow-anchor: none;
    overscroll-behavior: contain;
    min-height: 0;
    scrollbar-width: thin;
    scrollbar-color: var(--line) transparent;
  }

  .column {
    display: flex;
    flex-direction: column;
    justify-content: end;
    max-width: var(--reading-width);
    min-height: 100%;
    margin: 0 auto;
    padding: var(--gap-4) var(--gap-4) var(--gap-4);
  }

  .day {
    align-self: center;
    margin: var(--gap-5) 0 var(--gap-1);
    color: var(--ink-faint);
    font-size: var(--text-small);
    font-weight: 600;
  }

  .unread {
    display: flex;
    align-items: center;
    gap: var(--gap-3);
    margin-top: var(--gap-4);
    color: var(--danger);
    font-size: var(--text-small);
    font-weight: 600;
  }

  .unread::before,
  .unread::after {
    content: '';
    flex: 1;
    border-top: 1px solid currentColor;
    opacity: 0.45;
  }

  .start,
  .note {
    align-self: center;
    max-width: 24rem;
    padding: var(--gap-4) 0;
    color: var(--ink-faint);
    font-size: var(--text-small);
    text-align: center;
    overflow-wrap: anywhere;
  }

  .hello {
    display: grid;
    justify-items: center;
    gap: var(--gap-3);
    margin: auto;
    max-width: 24rem;
    color: var(--ink-soft);
    text-align: center;
  }

  .hello planet-avatar {
    width: 5rem;
    height: 5rem;
  }

  .hello h3 {
    color: var(--ink);
    font-size: var(--text-title);
    letter-spacing: -0.02em;
    overflow-wrap: anywhere;
  }

  #end {
    position: absolute;
    inset: auto 0 var(--gap-3);
    width: max-content;
    margin: 0 auto;
    background: var(--raised);
    box-shadow: var(--shadow);
  }
`;
