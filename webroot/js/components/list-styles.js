import { css } from 'lit';

/** A list of people: avatar, name, one more line. */
export const personRows = css`
  ul {
    margin: 0;
    padding: var(--gap-1) var(--gap-2) var(--gap-4);
    list-style: none;
  }

  .person {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: 0 var(--gap-3);
    width: 100%;
    min-height: 4rem;
    padding: var(--gap-2) var(--gap-3);
    border: 0;
    border-radius: var(--round);
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
    transition: background var(--quick);
  }

  .person:hover,
  .person[data-active] {
    background: var(--hover);
  }

  .person:active {
    transform: none;
  }

  .person[aria-current='true'] {
    background: var(--selected);
  }

  .name,
  .more {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .name {
    font-weight: 600;
  }

  .name b {
    font-weight: inherit;
  }

  /* Two people of one name are told apart by it, so the name gives way. */
  .name:has(small) {
    display: flex;
    gap: 0.3em;
  }

  .name:has(small) b,
  .name small {
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .name small {
    flex: none;
    max-width: 70%;
    color: var(--ink-soft);
    font-weight: 400;
  }

  .more {
    color: var(--ink-soft);
    font-size: 0.875rem;
  }
`;
