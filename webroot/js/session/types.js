/**
 * Types of what this page keeps about apps and accounts.
 *
 * @typedef {object} App
 * @property {string} app_id
 * @property {string} name
 * @property {string} app_key
 *
 * @typedef {object} Account
 * @property {string} user_id
 * @property {string} app_id
 * @property {string} username
 * @property {string} device_id
 * @property {string} [device_secret] for the next login on this device; stays when it is logged out
 * @property {string} [user_token] none when it is logged out
 * @property {string} [refresh_token]
 * @property {string} [expires_at]
 * @property {number} [received_at] when the token came, in milliseconds by this device's clock
 * @property {boolean} [asked_before] a renewal was asked for, whose reply is not here
 *
 * @typedef {object} Login reply of a login
 * @property {string} user_id
 * @property {string} device_id
 * @property {string} [device_secret]
 * @property {string} user_token
 * @property {string} refresh_token
 * @property {string} expires_at
 */

export {};
