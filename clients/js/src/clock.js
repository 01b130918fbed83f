/** The server's time as this device knows it: its own clock, which may be wrong by hours, and how far off it was found to be. */
export class ServerClock {
  /** The server's clock minus ours, in milliseconds. */
  offsetMs = 0;

  now() {
    return Date.now() + this.offsetMs;
  }

  /**
   * @param {string | undefined} serverTime as the server has just said
   * @returns {boolean} whether it could be read
   */
  set(serverTime) {
    const time = Date.parse(serverTime ?? '');
    if (Number.isNaN(time)) return false;
    this.offsetMs = time - Date.now();
    return true;
  }
}
