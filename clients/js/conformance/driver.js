// One device of the conformance suite: commands as JSON lines on the standard input, answers on the standard output.
import { createInterface } from 'node:readline';
import { connect } from '../src/index.js';

/** More than any scenario writes into a conversation. */
const EVERYTHING = 1_000_000;
const FIRED = 'fired';

let client = null;
/** The `message` events of this run. */
const heard = [];

const number = (value) => String(value).padStart(12, '0');

async function perform(command) {
  switch (command.do) {
    case 'open': {
      const { tcp, url, http, user_token, refresh_token, device_id, store, transport } = command;
      const way = transport === 'websocket' || !tcp ? { url } : { tcp };
      client = await connect({ ...way, http, user_token, refresh_token, device_id, store });
      client.on('message', ({ conversation_id, seq }) => heard.push({ conversation_id, seq }));
      return { durable: client.durable };
    }
    case 'status':
      return { connection: client.connection, durable: client.durable, reason: client.reason };
    case 'close':
      await client.close();
      return {};
    case 'send': {
      const { to_user, body, reply_to, client_id, expires_in } = command;
      const options = { replyTo: reply_to, clientId: client_id, expiresIn: expires_in };
      return queued(client.send({ user_id: to_user }, body, options));
    }
    case 'send_file':
      return queued(client.sendFile({ user_id: command.to_user }, command.path, { text: command.text }));
    case 'pause_upload':
      await client.pauseUpload(command.client_id);
      return {};
    case 'resume_upload':
      await client.resumeUpload(command.client_id);
      return {};
    case 'save_file': {
      const { body } = await client.message(command.conversation_id, command.seq);
      return client.saveFile(body, command.path);
    }
    case 'edit':
      return queued(client.edit(command.conversation_id, command.target, command.body));
    case 'redact':
      return queued(client.redact(command.conversation_id, command.target));
    case 'react':
      return queued(
        client.react(command.conversation_id, command.target, command.reaction, { remove: command.remove }),
      );
    case 'retry':
      await client.retry(command.client_id);
      return {};
    case 'discard':
      await client.discard(command.client_id);
      return {};
    case 'mark_read':
      await client.markRead(command.conversation_id, command.seq);
      return {};
    case 'typing':
      await client.typing(command.conversation_id, command.typing);
      return {};
    case 'view': {
      const messages = await client.messages(command.conversation_id, { limit: EVERYTHING });
      const { unread, last_seq, gaps } = await client.conversation(command.conversation_id);
      return { messages, unread, last_seq, gaps };
    }
    case 'conversations': {
      const all = await client.conversations();
      return {
        conversations: all.map(({ conversation_id, unread, last_seq }) => ({ conversation_id, unread, last_seq })),
      };
    }
    case 'history': {
      const { conversation_id, before, after, from, limit } = command;
      return client.history(conversation_id, { before, after, from, limit });
    }
    case 'sync':
      await client.sync();
      return {};
    case 'trigger': {
      const { name, on, where, priority } = command;
      await client.trigger({ name, on, where, priority, do: record(name) });
      return {};
    }
    case 'pause_trigger':
      await client.pauseTrigger(command.name);
      return {};
    case 'resume_trigger':
      await client.resumeTrigger(command.name);
      return {};
    case 'remove_trigger':
      await client.removeTrigger(command.name);
      return {};
    case 'heard':
      return { heard };
    case 'fired':
      return { fired: [...(await client.kept(FIRED)).values()] };
    default:
      throw new Error(`This driver knows no '${command.do}'.`);
  }
}

async function queued(handle) {
  await handle.queued;
  return { client_id: handle.clientId };
}

let firings = 0;

/** Each firing is a row of its own, so that a second one for the same entry would show. */
function record(trigger) {
  return ({ conversation_id, seq, user_id }, { put }) => {
    const key = `${FIRED} ${number(Date.now())} ${number(firings++)} ${process.pid}`;
    put(key, seq === undefined ? { trigger, conversation_id, user_id } : { trigger, conversation_id, seq });
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  if (!line.trim()) continue;
  const command = JSON.parse(line);
  // One after the other is not waited for: a command may take as long as the network is away.
  perform(command).then(
    (result) => answer({ id: command.id, ok: true, result }),
    (error) => answer({ id: command.id, ok: false, code: error.code ?? 'internal', error: error.message }),
  );
}
await client?.close();
process.exit(0);

function answer(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
