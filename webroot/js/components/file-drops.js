/** Whether files are dragged, rather than text or a link. */
export const hasFiles = ({ dataTransfer }) => dataTransfer?.types.includes('Files') ?? false;

/** A file that is dropped where nothing takes it does nothing: browsers would open it, and the page would be gone. */
export function keepDroppedFilesOut() {
  for (const type of ['dragover', 'drop']) {
    window.addEventListener(type, (event) => {
      if (!hasFiles(event)) return;
      if (type === 'dragover' && !event.defaultPrevented) event.dataTransfer.dropEffect = 'none';
      event.preventDefault();
    });
  }
}
