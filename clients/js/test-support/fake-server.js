import { createServer } from 'node:net';
import { frameReader } from '../src/connection/tcp.js';
import { directConversation } from '../src/ids.js';

/**
 * The wire of a server, for what cannot be timed with a real one: replies that get lost, pushes that get lost, refusals.
 * One conversation log per pair of users, in memory. What the server itself does is tested by the conformance suite.
 */
export class FakeServer {
  logs = new Map();
  receipts = new Map();
  requests = [];
  connections = new Set();
  /** Decides about a request before it is served: `drop`, `lose-reply`, an error frame's fields, or nothing. */
  rule = () => undefined;
  pushes = true;
  time = () => new Date();
  /** What knows the files, where a test has any. */
  files = null;

  async start() {
    this.server = createServer((socket) => this.#accept(socket));
    await new Promise((resolve) => this.server.listen(this.port ?? 0, '127.0.0.1', resolve));
    this.port = this.server.address().port;
  }

  get address() {
    return `127.0.0.1:${this.port}`;
  }

  async stop() {
    for (const { socket } of this.connections) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #accept(socket) {
    const connection = { socket, user: null, inbox: false };
    this.connections.add(connection);
    socket.on('close', () => this.connections.delete(connection));
    socket.on('error', () => {});
    socket.on(
      'data',
      frameReader(
        (text) => this.#received(connection, JSON.parse(text)),
        () => socket.destroy(),
      ),
    );
  }

  #received(connection, frame) {
    if (frame.type === 'ping') this.#write(connection, { type: 'pong' });
    if (frame.type === 'register') connection.inbox = true;
    if (frame.type !== 'send') return;
    this.requests.push({ operation: frame.address, body: frame.body });
    const decision = this.rule(frame.address, frame.body);
    if (decision === 'drop') {
      connection.socket.destroy();
      return;
    }
    const err = (fields) => this.#write(connection, { type: 'err', address: frame.replyAddress, ...fields });
    if (decision && decision !== 'lose-reply') {
      err(decision);
      return;
    }
    const reply = this.#serve(connection, frame.address, frame.body);
    if (decision === 'lose-reply') connection.socket.destroy();
    else if (reply.failureCode) err(reply);
    else this.#write(connection, { type: 'message', address: frame.replyAddress, body: reply });
  }

  #serve(connection, operation, body) {
    switch (operation) {
      case 'session.open':
        connection.user = body.user_token;
        return {
          user_id: body.user_token,
          device_id: 'd',
          server_time: this.time().toISOString(),
          ping_interval_ms: 1000,
          ...(this.httpUrl ? { http_url: this.httpUrl } : {}),
        };
      case 'mds.send':
        return this.store(connection.user, body.to.user_id, { ...body, kind: 'message' }, connection);
      case 'mds.edit':
        return this.change(connection, body, { kind: 'edit', body: body.body });
      case 'mds.redact':
        return this.change(connection, body, { kind: 'redaction' });
      case 'mds.react':
        return this.change(connection, body, {
          kind: 'reaction',
          body: { type: 'reaction', reaction: body.reaction, remove: body.remove },
        });
      case 'mds.ack':
        this.receipts.set(`${body.conversation_id} ${connection.user}`, body);
        return {};
      case 'mss.history':
        return this.history(body);
      case 'mss.sync':
        return this.sync(connection.user, body);
      case 'fss.file.get':
        return {
          file_id: body.file_id,
          mime_type: 'image/png',
          size: this.files.uploads.get(body.file_id).size,
          width: 4,
          height: 3,
        };
      case 'fss.token.create':
        return { file_token: `token of ${body.file_id} for ${body.grant.conversation_id}` };
      default:
        return { failureCode: 404, message: `not_found: no ${operation}` };
    }
  }

  log(id) {
    if (!this.logs.has(id)) this.logs.set(id, []);
    return this.logs.get(id);
  }

  change(connection, { conversation_id, target, client_id }, what) {
    const peer = conversation_id
      .slice(2)
      .split('.')
      .find((id) => id !== connection.user);
    return this.store(connection.user, peer, { ...what, target, client_id }, connection);
  }

  store(sender, recipient, { client_id, body, reply_to, kind, target }, connection) {
    const id = directConversation(sender, recipient);
    const log = this.log(id);
    let entry = log.find((other) => other.sender_id === sender && other.client_id === client_id);
    const duplicate = Boolean(entry);
    if (!entry) {
      const stored_at = new Date().toISOString();
      entry = {
        conversation_id: id,
        seq: log.length + 1,
        sender_id: sender,
        recipient_id: recipient,
        device_id: 'd',
        client_id,
        sent_at: stored_at,
        stored_at,
        kind,
        body,
        reply_to,
        target,
      };
      log.push(entry);
      if (this.pushes) this.push([sender, recipient], { event: 'message', ...entry }, connection);
    }
    return {
      conversation_id: id,
      seq: entry.seq,
      client_id,
      stored_at: entry.stored_at,
      ...(duplicate ? { duplicate } : {}),
    };
  }

  history({ conversation_id, after, before, limit = 50 }) {
    const log = this.log(conversation_id);
    if (after !== undefined) return { entries: log.slice(after, after + limit), more: after + limit < log.length };
    const end = (before ?? log.length + 1) - 1;
    return { entries: log.slice(Math.max(0, end - limit), end), more: end > limit };
  }

  sync(user, { have = {} }) {
    const mine = [...this.logs].filter(([id, log]) => log.length && id.slice(2).split('.').includes(user));
    const read = (id) => this.receipts.get(`${id} ${user}`) ?? {};
    const conversations = mine.map(([id, log]) => {
      const upto = read(id).read_upto ?? 0;
      const unread = log.filter(
        (entry) => entry.seq > upto && entry.kind === 'message' && entry.sender_id !== user,
      ).length;
      return {
        conversation_id: id,
        last_seq: log.length,
        last_stored_at: log.at(-1).stored_at,
        unread,
        read_upto: upto,
        delivered_upto: read(id).delivered_upto ?? 0,
        receipts: [],
      };
    });
    return {
      conversations,
      entries: mine.flatMap(([id, log]) => log.slice(have[id] ?? 0).slice(-50)),
      cursor: 'c',
      more: false,
    };
  }

  push(users, event, except) {
    for (const connection of this.connections) {
      if (connection !== except && connection.inbox && users.includes(connection.user)) {
        this.#write(connection, { type: 'message', address: 'inbox', body: event, headers: {}, send: true });
      }
    }
  }

  #write({ socket }, frame) {
    const text = Buffer.from(JSON.stringify(frame));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(text.length);
    socket.write(Buffer.concat([length, text]));
  }
}
