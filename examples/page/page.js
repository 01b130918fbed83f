// A page with the kit by a <script>, which makes the global JovialChat. Its address says who is here and whom to write to:
// /?name=ann&to=bot; with &say=Hello it also says something at once.
const { connect, tokensFrom } = JovialChat;
const parameters = new URLSearchParams(location.search);
const [name, to] = [parameters.get('name') ?? 'ann', parameters.get('to') ?? 'bot'];
const element = (id) => document.getElementById(id);

async function start() {
  element('to').textContent = to;
  await fetch(`/login?name=${encodeURIComponent(name)}`, { method: 'POST' });
  const { url } = await (await fetch('/config.json')).json();
  const client = await connect({ url, token: tokensFrom('/token') });
  client.on('connection', ({ state }) => (element('state').textContent = state));

  const user = await client.findUser(to);
  if (!user) throw new Error(`There is no user ${to}.`);
  const conversation = client.conversationId(user);

  const show = async () => {
    const messages = await client.messages(conversation);
    element('messages').replaceChildren(
      ...messages.map(({ sender_id, body, removed, state }) => {
        const row = document.createElement('li');
        const text = removed ? `[${removed}]` : (body?.text ?? `[${body?.type}]`);
        row.textContent = sender_id === client.me ? `you: ${text} (${state})` : `${to}: ${text}`;
        return row;
      }),
    );
    const last = messages.findLast(({ seq }) => seq);
    if (last) await client.markRead(conversation, last.seq);
  };
  client.on('conversation', ({ conversation_id }) => conversation_id === conversation && show());
  client.on('reset', show);
  await show();

  element('form').addEventListener('submit', (event) => {
    event.preventDefault();
    client.send(conversation, element('text').value);
    element('text').value = '';
  });
  if (parameters.has('say')) client.send(conversation, parameters.get('say'));
}

start().catch((failure) => (element('state').textContent = failure.message));
