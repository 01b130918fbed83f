/**
 * Types of what the kit gives to this page.
 *
 * @typedef {import('@jovial/chat').Client} Client
 * @typedef {Awaited<ReturnType<Client['messages']>>[number]} Message
 *
 * @typedef {object} Summary a conversation in the kit's list
 * @property {string} conversation_id
 * @property {number} last_seq
 * @property {number} first_seq
 * @property {number} read_upto
 * @property {number} unread
 * @property {string} newest_at
 * @property {any} last
 * @property {number} queued
 * @property {any} queued_body
 * @property {number} failed
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
