import { css } from 'lit';

/** What every component shares: box sizing, focus, text for screen readers only. */
export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  :focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }

  h1,
  h2,
  h3,
  p {
    margin: 0;
  }

  .sr-only {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .icon {
    width: 1.25rem;
    height: 1.25rem;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
`;

/** Buttons: `primary`, `quiet`, `danger`, `icon-only`. */
export const buttons = css`
  button,
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--gap-2);
    min-height: var(--touch);
    padding: 0 1.1rem;
    border: 1px solid var(--line);
    border-radius: var(--round-full);
    background: var(--raised);
    color: var(--ink);
    font: 600 var(--text-body) / 1.2 var(--font);
    text-decoration: none;
    cursor: pointer;
    transition:
      background var(--quick),
      border-color var(--quick),
      transform var(--quick);
  }

  button:hover {
    background: var(--hover);
  }

  button:active {
    transform: scale(0.98);
  }

  button:disabled {
    opacity: 0.55;
    cursor: default;
    transform: none;
  }

  button.primary {
    border-color: transparent;
    background: var(--primary);
    color: var(--on-primary);
  }

  button.primary:hover:not(:disabled) {
    background: var(--primary-hover);
  }

  button.quiet {
    border-color: transparent;
    background: transparent;
    color: var(--ink-soft);
  }

  button.quiet:hover {
    background: var(--hover);
    color: var(--ink);
  }

  button.danger {
    color: var(--danger);
  }

  button.small {
    min-height: 2.1rem;
    padding: 0 0.8rem;
    font-size: var(--text-small);
  }

  button.icon-only {
    width: var(--touch);
    padding: 0;
  }

  button.link {
    min-height: 0;
    padding: 0;
    border: 0;
    border-radius: var(--gap-1);
    background: none;
    color: var(--link);
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }
`;

/** Labels, inputs, their hints and errors, as `field()` draws them. */
export const fields = css`
  .field {
    display: grid;
    gap: 0.35rem;
  }

  .field label {
    font-weight: 600;
    font-size: var(--text-small);
    color: var(--ink-soft);
  }

  input,
  textarea {
    width: 100%;
    min-height: 3rem;
    padding: 0.7rem 0.95rem;
    border: 1px solid var(--line);
    border-radius: var(--round);
    background: var(--raised);
    color: var(--ink);
    /* At least 16px, or phones zoom in. */
    font: 400 1rem/1.4 var(--font);
  }

  input::placeholder,
  textarea::placeholder {
    color: var(--ink-faint);
    opacity: 1;
  }

  input:focus-visible,
  textarea:focus-visible {
    outline-offset: -1px;
  }

  input[aria-invalid='true'],
  textarea[aria-invalid='true'] {
    border-color: var(--danger);
  }

  .hint {
    font-size: var(--text-small);
    color: var(--ink-faint);
  }

  .error {
    display: flex;
    gap: var(--gap-2);
    font-size: var(--text-small);
    color: var(--danger);
    overflow-wrap: anywhere;
  }

  .error .icon {
    width: 1.1rem;
    height: 1.1rem;
  }
`;
