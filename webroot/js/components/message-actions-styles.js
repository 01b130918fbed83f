import { css } from 'lit';

/** Styles of `message-actions`. */
export const messageActions = css`
  :host {
    position: relative;
    display: block;
  }

  #more {
    width: 2rem;
    min-height: 2rem;
    border-radius: 50%;
    color: var(--ink-faint);
  }

  /* Fingers press the message itself; the button is for those who cannot. */
  @media (hover: none) {
    :host {
      position: absolute;
    }

    #more:not(:focus-visible) {
      width: 1px;
      min-height: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }

  .menu {
    display: grid;
    gap: var(--gap-1);
    padding: var(--gap-2);
    background: var(--raised);
  }

  :host > .menu {
    position: absolute;
    inset: auto 0 calc(100% + 0.2rem) auto;
    z-index: 3;
    width: max-content;
    border: 1px solid var(--line);
    border-radius: var(--round);
    box-shadow: var(--shadow);
  }

  .menu.below {
    inset: calc(100% + 0.2rem) 0 auto auto;
  }

  :host(:not([mine])) .menu {
    inset-inline: 0 auto;
  }

  modal-dialog::part(dialog) {
    width: 100vw;
    max-width: 32rem;
    margin: auto auto 0;
    border-radius: 1.25rem 1.25rem 0 0;
    background: var(--raised);
    box-shadow: var(--shadow);
    animation: rise var(--calm) var(--ease);
  }

  .sheet {
    padding: var(--gap-3) var(--gap-3) max(var(--gap-4), env(safe-area-inset-bottom));
  }

  .reactions {
    display: flex;
    justify-content: space-between;
  }

  .reactions button {
    width: 2.5rem;
    min-height: 2.5rem;
    padding: 0;
    font:
      1.35rem/1 var(--font-emoji),
      var(--font);
  }

  .sheet .reactions button {
    width: 3rem;
    min-height: 3rem;
    font-size: 1.6rem;
  }

  .reactions button[aria-checked='true'] {
    background: var(--selected);
  }

  .menu > button {
    justify-content: start;
    min-height: 2.4rem;
    padding: 0 var(--gap-3);
    border-radius: var(--round-small);
    font-weight: 500;
  }

  .sheet > button {
    min-height: 3.1rem;
  }

  @keyframes rise {
    from {
      transform: translateY(2rem);
      opacity: 0;
    }
  }
`;
