import { css } from 'lit';

/** One message: bubble, quote, reactions, and the line below. */
export const messageRow = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    min-width: 0;
    margin-top: 2px;
  }

  :host([first]) {
    margin-top: var(--gap-3);
  }

  :host([mine]) {
    align-items: flex-end;
  }

  .bubble {
    padding: 0.45rem 0.85rem 0.5rem;
    border-radius: var(--round-bubble);
    background: var(--theirs);
    color: var(--on-theirs);
    overflow: clip;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
    animation: arrive var(--calm) var(--ease);
  }

  :host(:not([first])) .bubble {
    border-start-start-radius: 0.4rem;
  }

  :host(:not([last])) .bubble {
    border-end-start-radius: 0.4rem;
  }

  :host([mine]) .bubble {
    border-radius: var(--round-bubble);
    background: var(--mine);
    color: var(--on-mine);
  }

  :host([mine]:not([first])) .bubble {
    border-start-end-radius: 0.4rem;
  }

  :host([mine]:not([last])) .bubble {
    border-end-end-radius: 0.4rem;
  }

  .bubble.emoji {
    padding: 0 0.2rem;
    background: none !important;
    font-family: var(--font-emoji), var(--font);
    font-size: 2.6rem;
    line-height: 1.25;
  }

  .bubble.queued:not(.file) {
    opacity: 0.72;
  }

  .bubble.file {
    padding: 0.25rem;
  }

  .bubble.file .quote {
    margin-top: 0;
  }

  .line {
    display: flex;
    align-items: center;
    gap: 0.2rem;
    max-width: min(90%, 36.5rem);
  }

  :host([mine]) .line {
    flex-direction: row-reverse;
  }

  .line .bubble {
    min-width: 0;
  }

  message-actions {
    flex: none;
    opacity: 0;
  }

  :host(:hover) message-actions,
  :host([busy]) message-actions,
  message-actions:focus-within {
    opacity: 1;
  }

  /* A long press opens the menu, so it must not select; the menu copies. */
  @media (hover: none) {
    message-actions {
      opacity: 1;
    }

    .bubble {
      -webkit-touch-callout: none;
      -webkit-user-select: none;
      user-select: none;
    }
  }

  @media (forced-colors: active) {
    .bubble:not(.emoji) {
      border: 1px solid;
    }

    :host([mine]) .bubble:not(.emoji) {
      border-width: 2px;
    }
  }

  :host([busy]) {
    z-index: 2;
  }

  :host([pointed]) .bubble {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }

  .quote {
    display: block;
    width: 100%;
    min-height: 0;
    margin: 0.1rem 0 0.35rem;
    padding: 0.25rem 0.6rem;
    border: 0;
    border-inline-start: 3px solid currentColor;
    border-radius: 0.4rem;
    background: rgb(127 127 127 / 0.14);
    color: inherit;
    font: inherit;
    font-size: var(--text-small);
    text-align: start;
    white-space: normal;
  }

  .quote:hover {
    background: rgb(127 127 127 / 0.22);
  }

  .quote b,
  .quote span {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .removed {
    font-style: italic;
    opacity: 0.75;
  }

  .reactions {
    display: flex;
    flex-wrap: wrap;
    max-width: 90%;
    gap: 0.25rem;
    margin: 0.2rem 0.3rem 0;
  }

  .reactions button {
    min-height: 1.75rem;
    padding: 0 0.5rem;
    gap: 0.3rem;
    max-width: 100%;
    font: 600 0.8rem/1 var(--font), var(--font-emoji);
  }

  .reactions bdi {
    overflow: hidden;
    line-height: 1.5;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .reactions button[aria-pressed='true'] {
    border-color: var(--primary);
    background: var(--selected);
  }

  .read .icon {
    color: var(--link);
  }

  .other-kind {
    font-style: italic;
  }

  a {
    unicode-bidi: isolate;
    color: var(--link);
    text-underline-offset: 0.15em;
    text-decoration-thickness: 1px;
  }

  :host([mine]) a {
    color: var(--mine-link);
  }

  .meta {
    display: flex;
    align-items: center;
    gap: 0.3rem;
    margin: 0.15rem 0.5rem 0;
    color: var(--ink-faint);
    font-size: 0.75rem;
  }

  .meta .icon {
    width: 0.9rem;
    height: 0.9rem;
    stroke-width: 2.2;
  }

  .failure {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 0.2rem 0.6rem;
    max-width: min(85%, 34rem);
    margin: 0.25rem 0.5rem 0.4rem;
    color: var(--danger);
    font-size: var(--text-small);
  }

  .failure .icon {
    width: 1.1rem;
    height: 1.1rem;
  }

  .failure button.link {
    min-height: 1.75rem;
    font-size: inherit;
  }

  @keyframes arrive {
    from {
      opacity: 0;
      transform: translateY(0.35rem);
    }
  }
`;
