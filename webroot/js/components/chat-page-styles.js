import { css } from 'lit';

/** Styles of `chat-page`. */
export const chatPage = css`
  :host {
    display: grid;
    grid-template: minmax(0, 1fr) / var(--sidebar-width) minmax(0, 1fr);
    height: 100%;
    background: var(--paper);
  }

  side-bar {
    min-height: 0;
    border-inline-end: 1px solid var(--line);
  }

  .pane {
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    min-width: 0;
    min-height: 0;
    background: var(--surface);
  }

  account-panel {
    position: absolute;
  }

  .skip {
    position: absolute;
    inset: var(--gap-2) auto auto var(--gap-2);
    z-index: 2;
    transform: translateY(-200%);
  }

  .skip:focus {
    transform: none;
  }

  .nothing {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: var(--gap-3);
    padding: var(--gap-5);
    color: var(--ink-soft);
    text-align: center;
  }

  .nothing h2 {
    color: var(--ink);
    font-size: var(--text-title);
    letter-spacing: -0.02em;
  }

  .nothing p {
    max-width: 24rem;
  }

  .orbits {
    width: min(60vw, 17rem);
  }

  @media (max-width: 46rem) {
    :host {
      grid-template-columns: minmax(0, 1fr);
    }

    .one side-bar,
    .none .pane {
      display: none;
    }

    side-bar {
      border: 0;
    }
  }

  .one,
  .none {
    display: contents;
  }
`;
