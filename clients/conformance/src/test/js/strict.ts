// Compiled with --strict against the installed package. Each line under @ts-expect-error must not compile.
import {
  Accounts,
  connect,
  JovialError,
  MemoryStore,
  tokensFrom,
  type Client,
  type Conversation,
  type Entry,
  type ErrorCode,
  type Message,
  type Outgoing,
  type Store,
  type Tokens,
  type Trigger,
} from '@jovial/chat';

export async function program(url: string): Promise<void> {
  const accounts = new Accounts({ url, app_key: 'key' });
  const tokens: Tokens = await accounts.login({ username: 'ann', password: 'correct horse' });
  const store: Store = new MemoryStore();
  const { user_token, refresh_token } = tokens;
  const client: Client = await connect({ url, user_token, refresh_token, store });

  client.on('message', (entry: Entry) => console.log(entry.seq.toFixed(), entry.body?.text));
  client.on('connection', ({ state }) => state === 'closed' || state === 'ended');
  client.on('upload', ({ sent, size }) => sent / size);
  // @ts-expect-error a name that is none
  client.on('mesage', () => {});
  // @ts-expect-error the field has another name
  client.on('message', (entry) => entry.sequence);
  // @ts-expect-error a state that there is not
  client.on('connection', ({ state }) => state === 'onlin');

  const outgoing: Outgoing = client.send({ user_id: 'bob' }, 'Hello', { replyTo: 3, expiresIn: 60 });
  // @ts-expect-error the kit's own names are camelCase
  client.send({ user_id: 'bob' }, 'Hello', { reply_to: 3 });
  const { seq }: { seq: number } = await outgoing.stored;
  client.send({ user_id: 'bob' }, { type: 'custom', anything: seq });
  client.sendFile({ user_id: 'bob' }, new Blob([]), { name: 'a.txt' });

  const messages: Message[] = await client.messages({ user_id: 'bob' });
  const conversations: Conversation[] = await client.conversations();
  console.log(messages.map(({ reactions }) => Object.keys(reactions)), conversations[0]?.unread.toFixed());

  const trigger: Trigger = { name: 't', on: 'message', do: (entry, { put }) => put('seen', entry.seq) };
  await client.trigger(trigger);
  const kept: Map<string, unknown> = await client.kept('seen');
  console.log(kept.size, (await client.findUser('bob'))?.user_id);

  try {
    await client.request('ums.users.find', { username: 'bob' });
  } catch (error) {
    if (!(error instanceof JovialError)) throw error;
    const code: ErrorCode = error.code;
    // @ts-expect-error a code that there is not
    if (code === 'no_such_code') return;
    if (code === 'rate_limited') console.log(error.retryAfterMs);
  }
  await client.close();
  await connect({ url, token: tokensFrom('/token', { credentials: 'include' }) });
}
