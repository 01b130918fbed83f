import { css } from 'lit';

/** Styles of `message-composer`. */
export const messageComposer = css`
  :host {
    display: block;
  }

  form {
    display: flex;
    align-items: flex-end;
    gap: var(--gap-2);
    padding: 0.3rem;
    border: 1px solid var(--line);
    border-radius: 1.6rem;
    background: var(--raised);
    transition: border-color var(--quick);
  }

  form:focus-within {
    border-color: var(--focus);
  }

  textarea {
    flex: 1;
    min-width: 0;
    min-height: 2.6rem;
    max-height: 40vh;
    padding: 0.6rem 0.4rem 0.5rem 0.2rem;
    border: 0;
    background: none;
    resize: none;
    field-sizing: content;
    scrollbar-width: thin;
  }

  textarea:focus-visible {
    outline: none;
  }

  form button.quiet {
    width: 2.6rem;
    min-height: 2.6rem;
    border-radius: 50%;
  }

  button.primary {
    width: 2.6rem;
    min-height: 2.6rem;
    padding: 0;
    border-radius: 50%;
  }

  button.primary:disabled {
    background: var(--hover);
    color: var(--ink-faint);
    opacity: 1;
  }

  p {
    padding: var(--gap-1) var(--gap-4) 0;
    color: var(--ink-soft);
    font-size: var(--text-small);
    text-align: end;
  }

  .about {
    display: flex;
    align-items: center;
    gap: var(--gap-2);
    margin-bottom: var(--gap-2);
    padding-inline-start: var(--gap-3);
    border-radius: var(--round);
    background: var(--hover);
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .about span {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  p.over {
    color: var(--danger);
  }
`;
