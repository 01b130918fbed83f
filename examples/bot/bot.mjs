// A bot: registers at its first start, and answers each message with what it said.
import { Accounts, connect } from '@jovial/chat';

const {
  JOVIAL_URL: url = 'http://127.0.0.1:8080',
  JOVIAL_TCP: tcp = '127.0.0.1:7000',
  APP_KEY: app_key = '',
  BOT_NAME: username = 'bot',
  BOT_PASSWORD: password = 'a long and secret one',
  BOT_STORE: store = 'bot-messages',
} = process.env;

const accounts = new Accounts({ url, app_key });
await accounts.register({ username, password }).catch((error) => {
  if (error.code !== 'conflict') throw error; // Registered at an earlier start.
});
const { user_token, refresh_token } = await accounts.login({ username, password });

// With a folder as store and a trigger, no message is missed, whatever is restarted.
const client = await connect({ tcp, http: url, user_token, refresh_token, store });

client.on('connection', ({ state, reason }) => console.log(`connection: ${state} ${reason}`));
client.on('receipt', ({ user_id, read_upto }) => console.log(`${user_id} has read up to ${read_upto}`));
await client.trigger({
  name: 'answer',
  on: 'message',
  where: { 'body.type': 'text' },
  do: async (entry) => {
    if (entry.sender_id === client.me) return;
    console.log(`${entry.sender_id}: ${entry.body.text}`);
    client.markRead(entry.conversation_id, entry.seq);
    await client.send(entry.conversation_id, `You said: ${entry.body.text}`, { replyTo: entry.seq }).queued;
  },
});
