// Your own server: it knows its users, and gives them tokens for the chat. The app's secret never leaves it.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

const { JOVIAL_URL = 'http://127.0.0.1:8080', APP_ID, APP_SECRET, PORT = '3000' } = process.env;

const page = new URL('../page/', import.meta.url);
const kit = new URL('./', import.meta.resolve('@jovial/chat/dist/jovial-chat.min.js'));
const FILES = {
  '/': [new URL('index.html', page), 'text/html; charset=utf-8'],
  '/page.js': [new URL('page.js', page), 'text/javascript'],
  '/jovial-chat.min.js': [new URL('jovial-chat.min.js', kit), 'text/javascript'],
  '/jovial-chat.min.js.map': [new URL('jovial-chat.min.js.map', kit), 'application/json'],
};

const cookies = ({ headers }) =>
  Object.fromEntries((headers.cookie ?? '').split('; ').map((pair) => pair.split('=').map(decodeURIComponent)));
const cookie = (name, value) => `${name}=${encodeURIComponent(value)}; HttpOnly; SameSite=Strict; Path=/`;

/** Who asks is known by the cookie of this server's own login. */
async function mintToken(request, response) {
  const { user, device } = cookies(request);
  if (!user) return response.writeHead(401).end();
  const reply = await fetch(`${JOVIAL_URL}/api/ums.user.token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      app_id: APP_ID,
      app_secret: APP_SECRET,
      external_id: user,
      ...(device ? { device_id: device } : {}),
    }),
  });
  const tokens = await reply.json();
  if (!reply.ok) return response.writeHead(502).end(JSON.stringify(tokens));
  // The same browser is the same device the next time.
  response.setHeader('Set-Cookie', cookie('device', tokens.device_id));
  return response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(tokens));
}

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://here');
  try {
    if (request.method === 'POST' && pathname === '/login') {
      // Your login. This one believes everybody.
      response.writeHead(204, { 'Set-Cookie': cookie('user', searchParams.get('name')) }).end();
    } else if (request.method === 'POST' && pathname === '/token') {
      await mintToken(request, response);
    } else if (pathname === '/config.json') {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ url: JOVIAL_URL }));
    } else if (FILES[pathname]) {
      const [file, type] = FILES[pathname];
      response.writeHead(200, { 'Content-Type': type }).end(await readFile(file));
    } else {
      response.writeHead(404).end();
    }
  } catch (failure) {
    console.error(failure);
    response.writeHead(500).end();
  }
});
server.listen(Number(PORT), '127.0.0.1', () =>
  console.log(`Open http://127.0.0.1:${server.address().port}/?name=ann&to=bot`),
);
