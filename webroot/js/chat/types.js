/**
 * Types of what the kit gives to this page.
 *
 * @typedef {import('@jovial/chat').Client} Client
 * @typedef {Awaited<ReturnType<Client['messages']>>[number]} Message
 * @typedef {Awaited<ReturnType<Client['conversation']>>} Summary a conversation in the kit's list
 * @typedef {import('../../../clients/js/src/types.js').Events} Events
 *
 * @typedef {object} Person
 * @property {string} user_id
 * @property {string} name as it is shown
 * @property {string} username as it is shown; '' if there is none
 * @property {boolean} known false while the name is still on its way
 * @property {boolean} [missing] there is no such user
 *
 * @typedef {object} Attachment a file that is chosen and not sent yet
 * @property {number} id
 * @property {File} file
 * @property {string} url
 * @property {{width?: number, height?: number, durationMs?: number}} about
 */

export {};
