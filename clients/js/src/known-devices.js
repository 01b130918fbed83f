/** Devices remembered in one storage; the one that logged in longest ago goes first. */
const MAX_DEVICES = 100;
const KEY = 'jovial.devices';

/**
 * What `localStorage` is, and what storages of other platforms are with promises.
 * @typedef {object} DeviceStorage
 * @property {(key: string) => string | null | Promise<string | null>} getItem
 * @property {(key: string, value: string) => void | Promise<void>} setItem
 *
 * @typedef {{app_key: string, username: string, device_id: string, device_secret: string}} KnownDevice
 */

/**
 * Device ids and secrets of the users who logged in here. They stay when a session ends: a device that shows its secret
 * gets in while others guess the password. Without a storage that works, each login is that of a new device.
 */
export class KnownDevices {
  #storage;
  /** Changes, one after the other. @type {Promise<void>} */
  #turn = Promise.resolve();

  /** @param {DeviceStorage | string} storage a string is the name of a file, under Node */
  constructor(storage) {
    this.#storage = typeof storage === 'string' ? fileStorage(storage) : Promise.resolve(storage);
    // Said where it is used.
    this.#storage.catch(() => {});
  }

  /**
   * What a login shows; empty if this is not a device that is known.
   * @param {string} appKey
   * @param {string} username
   * @param {string} [deviceId] this one only
   * @returns {Promise<{device_id?: string, device_secret?: string}>}
   */
  async find(appKey, username, deviceId) {
    await this.#turn;
    const found = (await this.#read()).find(isOf(appKey, username));
    if (!found || (deviceId !== undefined && deviceId !== found.device_id)) return {};
    return { device_id: found.device_id, device_secret: found.device_secret };
  }

  /**
   * @param {string} appKey
   * @param {string} username
   * @param {{device_id: string, device_secret?: string}} reply of a login
   */
  keep(appKey, username, { device_id, device_secret }) {
    if (!device_secret) return this.#turn;
    const device = { app_key: appKey, username: keyOf(username), device_id, device_secret };
    this.#turn = this.#turn.then(async () => {
      const isSame = isOf(appKey, username);
      const others = (await this.#read()).filter((known) => !isSame(known));
      await this.#write([...others, device].slice(-MAX_DEVICES));
    });
    return this.#turn;
  }

  /** @returns {Promise<KnownDevice[]>} */
  async #read() {
    try {
      const known = JSON.parse((await (await this.#storage).getItem(KEY)) ?? '[]');
      return Array.isArray(known) ? known : [];
    } catch {
      return [];
    }
  }

  /** @param {KnownDevice[]} known */
  async #write(known) {
    try {
      await (await this.#storage).setItem(KEY, JSON.stringify(known));
    } catch (failure) {
      // The login itself is done. The failure says which storage, never what was to be in it.
      console.warn('Jovial cannot remember this device:', /** @type {any} */ (failure)?.message);
    }
  }
}

/** The server does not tell capitals in names from small letters. @param {string} username */
const keyOf = (username) => username.trim().toLowerCase();

/**
 * @param {string} appKey
 * @param {string} username
 */
function isOf(appKey, username) {
  const name = keyOf(username);
  return (/** @type {KnownDevice} */ known) => known?.app_key === appKey && known.username === name;
}

/**
 * @param {string} path
 * @returns {Promise<DeviceStorage>}
 */
async function fileStorage(path) {
  const { FileStorage } = await import('./store/file-storage.js');
  return new FileStorage(path);
}
