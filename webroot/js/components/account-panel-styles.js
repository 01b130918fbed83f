import { css } from 'lit';

/** Styles of `account-panel`. */
export const accountPanel = css`
  modal-dialog::part(dialog) {
    width: min(26rem, 100vw);
    max-width: none;
    height: 100dvh;
    max-height: none;
    margin: 0 0 0 auto;
    box-shadow: var(--shadow);
    overflow-y: auto;
    overscroll-behavior: contain;
    animation: slide var(--calm) var(--ease);
  }

  .content {
    display: grid;
    gap: var(--gap-5);
    padding: var(--gap-4) var(--gap-5) var(--gap-6);
  }

  .top {
    display: flex;
    align-items: center;
    justify-content: space-between;
    margin-inline-end: calc(var(--gap-3) * -1);
  }

  h2 {
    font-size: var(--text-lead);
    letter-spacing: -0.01em;
  }

  h3 {
    font-size: var(--text-small);
    color: var(--ink-soft);
  }

  section {
    display: grid;
    justify-items: start;
    gap: var(--gap-3);
  }

  section + section {
    padding-top: var(--gap-5);
    border-top: 1px solid var(--line);
  }

  .who {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    gap: var(--gap-4);
    overflow-wrap: anywhere;
  }

  .who planet-avatar {
    width: 4rem;
    height: 4rem;
  }

  .who strong {
    font-size: var(--text-title);
    letter-spacing: -0.02em;
    line-height: 1.2;
  }

  p {
    color: var(--ink-soft);
    font-size: 0.9rem;
  }

  .themes {
    display: flex;
    flex-wrap: wrap;
    gap: var(--gap-2);
  }

  .themes button[aria-pressed='true'] {
    border-color: var(--primary);
    box-shadow: inset 0 0 0 1px var(--primary);
  }

  .account {
    width: 100%;
    justify-content: start;
    min-height: 3.25rem;
    padding: 0 var(--gap-3);
    border-radius: var(--round);
  }

  .account planet-avatar {
    width: 2.1rem;
    height: 2.1rem;
  }

  device-list {
    width: 100%;
  }

  @keyframes slide {
    from {
      opacity: 0;
      transform: translateX(1.5rem);
    }
  }
`;
