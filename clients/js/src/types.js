/**
 * Types of what an app sees of the kit. Fields that come from the server keep the names of the wire (`conversation_id`);
 * names that the kit makes are camelCase (`replyTo`).
 *
 * @typedef {string | {user_id: string} | {conversation_id: string}} ConversationName a conversation's id, or the other user
 *
 * @typedef {{type: 'text', text: string}} TextBody
 * @typedef {{type: 'location', lat: number, lon: number, [field: string]: unknown}} LocationBody
 * @typedef {{type: 'custom', [field: string]: unknown}} CustomBody
 *
 * @typedef {object} FileBody
 * @property {'file'} type
 * @property {string} name
 * @property {string} mime_type
 * @property {number} [size] in bytes
 * @property {string} [file_id] once the file is on the server
 * @property {string} [file_token] opens it for members of the conversation
 * @property {string} [text] a caption
 * @property {number} [width] in pixels
 * @property {number} [height] in pixels
 * @property {number} [duration_ms]
 * @property {boolean} [voice]
 *
 * @typedef {object} AnyBody of a type that is newer than this kit, too
 * @property {string} type
 * @property {string} [text]
 * @property {string} [name]
 * @property {string} [mime_type]
 * @property {number} [size]
 * @property {string} [file_id]
 * @property {string} [file_token]
 * @property {number} [width]
 * @property {number} [height]
 * @property {number} [duration_ms]
 * @property {boolean} [voice]
 * @property {string} [reaction] of a reaction
 * @property {boolean} [remove] of a reaction
 * @property {number} [upto] of a redaction of a range
 * @property {number} [lat]
 * @property {number} [lon]
 *
 * @typedef {TextBody | FileBody | LocationBody | CustomBody | AnyBody} Body what may be sent
 *
 * @typedef {'message' | 'edit' | 'redaction' | 'reaction' | 'member' | 'space'} Kind
 *
 * @typedef {object} Entry as the log has it
 * @property {string} conversation_id
 * @property {number} seq its place in the log, from 1 on without a gap
 * @property {Kind} kind
 * @property {string} sender_id
 * @property {string} [recipient_id]
 * @property {string} [device_id]
 * @property {string} client_id
 * @property {string} sent_at by the sender's clock
 * @property {string} stored_at by the server's clock
 * @property {AnyBody} [body] missing if it was removed
 * @property {'redacted' | 'deleted' | 'expired'} [removed]
 * @property {number} [target] the `seq` that an edit, a redaction or a reaction is about
 * @property {number} [reply_to]
 * @property {string} [expires_at]
 *
 * @typedef {'queued' | 'stored' | 'delivered' | 'read' | 'failed' | 'received'} MessageState
 * @typedef {'waiting' | 'uploading' | 'paused' | 'done' | 'failed'} UploadState
 * @typedef {{sent: number, size: number, state: UploadState}} UploadProgress
 *
 * @typedef {object} Message as it is shown: edits and reactions applied, without a body when it was removed or has expired
 * @property {number} [seq] missing while it waits in the outbox
 * @property {string} client_id
 * @property {string} conversation_id
 * @property {string} sender_id
 * @property {AnyBody} [body]
 * @property {MessageState} state
 * @property {boolean} edited
 * @property {'redacted' | 'deleted' | 'expired'} [removed]
 * @property {Record<string, string[]>} reactions user ids by reaction
 * @property {number} [reply_to]
 * @property {string} sent_at
 * @property {string} [stored_at]
 * @property {string} [expires_at]
 * @property {Failure} [error] why it failed
 * @property {UploadProgress} [upload] of a file that is not up yet
 *
 * @typedef {object} Receipt
 * @property {number} delivered_upto
 * @property {number} read_upto
 *
 * @typedef {object} Conversation as a list of conversations shows it
 * @property {string} conversation_id
 * @property {string | null} user_id the other member of a direct one
 * @property {number} last_seq
 * @property {string | null} last_stored_at
 * @property {string} newest_at of what is stored or queued; empty if there is nothing
 * @property {number} unread messages of others above the read watermark that were not removed
 * @property {number} read_upto
 * @property {Record<string, Receipt>} receipts of the other members
 * @property {LastMessage | null} last
 * @property {number} gaps
 * @property {number} first_seq the lowest that there is; 0 if unknown
 * @property {number} queued
 * @property {AnyBody | null} queued_body of the newest that is queued
 * @property {number} failed
 *
 * @typedef {object} LastMessage
 * @property {number} seq
 * @property {string} [sender_id]
 * @property {string} [stored_at]
 * @property {string} [expires_at]
 * @property {'redacted' | 'deleted' | 'expired'} [removed]
 * @property {AnyBody} [body] its text may be cut
 *
 * @typedef {'invalid_request' | 'unauthenticated' | 'forbidden' | 'not_found' | 'conflict' | 'gone' | 'too_large' | 'rate_limited'
 *   | 'internal' | 'try_again' | 'timeout'} ServerErrorCode
 * @typedef {'offline' | 'closed' | 'ended' | 'storage' | 'discarded' | 'store_in_use'} KitErrorCode
 * @typedef {ServerErrorCode | KitErrorCode} ErrorCode
 * @typedef {{code: ErrorCode, message: string}} Failure
 *
 * @typedef {'online' | 'connecting' | 'offline' | 'ended' | 'closed'} ConnectionState `ended`: the person has to log in again;
 *   `closed`: by `close()`
 *
 * @typedef {object} ConnectionStatus
 * @property {ConnectionState} state
 * @property {string} reason why it has ended; `replaced` if another took its place
 * @property {boolean} durable
 * @property {number} clock_offset_ms the server's clock minus this device's
 * @property {string} [http_url] where the server says that it serves HTTP
 *
 * @typedef {object} Events what `on` can listen for, with what a listener gets
 * @property {ConnectionStatus} connection
 * @property {Entry} message a message that is news to this device: each once, in the order of the log, live or missed, own ones
 *   when they are stored. What another device of the user had received before the first sync of this one is history, and no news
 * @property {Entry} entry the same for entries of every kind: the log as it grows
 * @property {Entry} change the same for edits, redactions and reactions
 * @property {{conversation_id: string}} conversation something in it is to be shown again
 * @property {OutgoingEvent} outgoing how far a request from this device is
 * @property {UploadProgress & {client_id: string, conversation_id: string}} upload how far a file is
 * @property {Receipt & {conversation_id: string, user_id: string}} receipt somebody's watermarks rose
 * @property {{conversation_id: string, user_id: string, typing: boolean}} typing
 * @property {Presence} presence
 * @property {Record<string, never>} synced a sync came to its end
 * @property {Record<string, never>} reset show everything again
 * @property {{durable: boolean, reason: string}} storage the store is full or broken
 * @property {{error: unknown, trigger?: string}} error
 *
 * @typedef {object} OutgoingEvent
 * @property {string} client_id
 * @property {string} [renamed] the id that it has from now on
 * @property {string} conversation_id
 * @property {'queued' | 'stored' | 'failed'} state
 * @property {number} [seq]
 * @property {string} [stored_at]
 * @property {Failure} [error]
 *
 * @typedef {<K extends keyof Events>(event: K, detail: Events[K]) => void} Emit
 *
 * @typedef {{user_id: string, online: boolean, last_seen?: string}} Presence
 *
 * @typedef {object} Stored
 * @property {string} conversation_id
 * @property {number} seq
 * @property {string} client_id
 * @property {string} stored_at
 *
 * @typedef {object} SendOptions
 * @property {number} [replyTo] the `seq` of the message that this answers
 * @property {number} [expiresIn] seconds
 * @property {string} [clientId] a UUID, for an app that makes its own
 *
 * @typedef {object} FileFields
 * @property {string} [name]
 * @property {string} [mimeType]
 * @property {string} [text] a caption
 * @property {number} [width]
 * @property {number} [height]
 * @property {number} [durationMs]
 * @property {boolean} [voice]
 *
 * @typedef {SendOptions & FileFields} FileOptions
 *
 * @typedef {object} Tokens as a login answers
 * @property {string} user_id
 * @property {string} device_id
 * @property {string} [device_secret] for the next login on this device; keep it secret
 * @property {string} user_token
 * @property {string} refresh_token
 * @property {string} expires_at
 *
 * @typedef {object} User
 * @property {string} user_id
 * @property {string} [username]
 * @property {Record<string, unknown>} [profile]
 *
 * @typedef {import('./triggers/triggers.js').Trigger} Trigger
 * @typedef {import('./triggers/triggers.js').TriggerContext} TriggerContext
 * @typedef {import('./store/store.js').Store} Store
 * @typedef {import('./connection/tokens.js').TokenProvider} TokenProvider
 */

export {};
