import { css } from 'lit';

/** Styles of `welcome-page`. */
export const welcomePage = css`
  :host {
    display: grid;
    height: 100%;
    overflow-y: auto;
    padding: max(var(--gap-5), env(safe-area-inset-top)) var(--gap-4) var(--gap-5);
    background: var(--paper);
  }

  .frame {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 27rem);
    gap: clamp(2rem, 6vw, 6rem);
    align-items: center;
    width: 100%;
    max-width: 66rem;
    margin: auto;
  }

  .brand {
    display: flex;
    align-items: center;
    gap: var(--gap-3);
    font-weight: 700;
    font-size: var(--text-lead);
    letter-spacing: -0.01em;
  }

  .mark {
    width: 2.4rem;
    height: 2.4rem;
  }

  h1 {
    margin-top: var(--gap-5);
    font-size: var(--text-display);
    font-weight: 720;
    line-height: 1.06;
    letter-spacing: -0.03em;
    text-wrap: balance;
  }

  .lead {
    margin-top: var(--gap-4);
    max-width: 26rem;
    color: var(--ink-soft);
    font-size: var(--text-lead);
  }

  .orbits {
    display: block;
    width: min(100%, 23rem);
    margin: var(--gap-5) 0 0 -1.5rem;
  }

  .card {
    padding: clamp(1.25rem, 4vw, 2.25rem);
    border: 1px solid var(--line);
    border-radius: 1.5rem;
    background: var(--surface);
    box-shadow: var(--shadow);
  }

  .notice {
    margin-bottom: var(--gap-4);
    padding: var(--gap-3) var(--gap-4);
    border-radius: var(--round);
    background: var(--notice-ground);
    color: var(--on-notice);
    font-size: var(--text-small);
  }

  @media (max-width: 52rem) {
    .frame {
      grid-template-columns: minmax(0, 1fr);
      gap: var(--gap-5);
      max-width: 27rem;
      align-items: start;
    }

    h1 {
      margin-top: var(--gap-4);
    }

    .lead {
      margin-top: var(--gap-2);
      font-size: var(--text-body);
    }

    .orbits {
      display: none;
    }
  }
`;
