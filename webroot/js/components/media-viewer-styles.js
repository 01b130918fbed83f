import { css } from 'lit';

/** Styles of `media-viewer`. */
export const mediaViewer = css`
  modal-dialog::part(dialog) {
    width: 100vw;
    max-width: none;
    height: 100dvh;
    max-height: none;
    background: rgb(8 10 16 / 0.97);
    color: #f4f2ec;
  }

  .content {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    height: 100%;
  }

  header {
    display: flex;
    align-items: center;
    gap: var(--gap-2);
    padding: max(var(--gap-2), env(safe-area-inset-top)) var(--gap-2) var(--gap-2) var(--gap-4);
  }

  .what {
    flex: 1;
    min-width: 0;
  }

  h2,
  p {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  h2 {
    font-size: 1rem;
    font-weight: 600;
  }

  p {
    color: #b9bdc9;
    font-size: var(--text-small);
  }

  button.quiet {
    color: #f4f2ec;
  }

  button.quiet:hover {
    background: rgb(255 255 255 / 0.14);
    color: #fff;
  }

  :focus-visible {
    outline-color: #9dbbff;
  }

  figure {
    position: relative;
    display: grid;
    place-items: center;
    min-height: 0;
    margin: 0;
    padding: 0 var(--gap-2) max(var(--gap-3), env(safe-area-inset-bottom));
  }

  img {
    max-width: 100%;
    max-height: 100%;
    min-height: 0;
    object-fit: contain;
  }

  .step {
    position: absolute;
    inset: 0 auto 0 var(--gap-2);
    margin: auto 0;
    background: rgb(8 10 16 / 0.55);
  }

  .next {
    inset: 0 var(--gap-2) 0 auto;
  }
`;
