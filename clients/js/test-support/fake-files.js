import { createServer } from 'node:http';

/**
 * A double of the tus side of a server, for what cannot be timed with a real one: connections that break at a byte,
 * uploads that are swept meanwhile. It keeps whole chunks only, as the server does. The kit on the real server is what
 * the conformance suite tests.
 */
export class FakeFiles {
  uploads = new Map();
  requests = [];
  tokens = new Set(['ann']);
  /** Decides about a request before it is served: `{status, body?, headers?}`, `{cutAfter}` (bytes of the body), or nothing. */
  rule = () => undefined;
  chunk = 1000;
  #last = 0;

  async start() {
    this.server = createServer((request, reply) => this.#serve(request, reply));
    await new Promise((resolve) => this.server.listen(this.port ?? 0, '127.0.0.1', resolve));
    this.port = this.server.address().port;
  }

  get address() {
    return `http://127.0.0.1:${this.port}`;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #serve(request, reply) {
    const { method, url, headers } = request;
    this.requests.push(`${method} ${url.replace(/\/f\d+.*/, '/ID')}`);
    request.on('error', () => {});
    const answer = (status, fields = {}, text = '') => reply.writeHead(status, fields).end(text);
    const refuse = (status, code) => answer(status, {}, JSON.stringify({ code, detail: code }));
    if (!this.tokens.has(headers.authorization?.replace('Bearer ', ''))) return refuse(401, 'unauthenticated');
    const decision = this.rule(method, url, headers);
    if (decision?.status) return answer(decision.status, decision.headers, JSON.stringify(decision.body ?? {}));
    const id = url.split(/[/?]/)[3] ?? '';
    if (method === 'POST') return this.#create(headers, answer);
    if (method === 'GET') return this.#read(url, headers, reply, refuse, decision?.cutAfter);
    const upload = this.uploads.get(id);
    if (!upload) return refuse(404, 'not_found');
    if (method === 'DELETE') {
      this.uploads.delete(id);
      return answer(204);
    }
    if (method === 'HEAD') return answer(200, { 'Upload-Offset': upload.data.length, 'Upload-Length': upload.size });
    if (Number(headers['upload-offset']) !== upload.data.length) return refuse(409, 'conflict');
    return this.#append(request, answer, upload, decision?.cutAfter ?? Infinity);
  }

  #create(headers, answer) {
    const id = `f${++this.#last}`;
    const metadata = Object.fromEntries(headers['upload-metadata'].split(',').map((pair) => pair.split(' ')));
    const decoded = Object.fromEntries(
      Object.entries(metadata).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]),
    );
    this.uploads.set(id, { size: Number(headers['upload-length']), data: Buffer.alloc(0), metadata: decoded });
    return answer(201, { Location: `/files/tus/${id}` });
  }

  #append(request, answer, upload, cutAfter) {
    const start = upload.data.length;
    let got = Buffer.alloc(0);
    const take = () => {
      const all = got.length + start;
      const whole = all >= upload.size ? upload.size : all - (all % this.chunk);
      if (whole > upload.data.length) upload.data = Buffer.concat([upload.data, got]).subarray(0, whole);
    };
    request.on('data', (bytes) => {
      got = Buffer.concat([got, bytes]);
      if (got.length < cutAfter) return;
      got = got.subarray(0, cutAfter);
      take();
      request.destroy();
    });
    request.on('end', () => {
      take();
      answer(204, { 'Upload-Offset': upload.data.length });
    });
  }

  #read(url, headers, reply, refuse, cutAfter) {
    const { pathname, searchParams } = new URL(url, this.address);
    const upload = this.uploads.get(pathname.split('/')[2]);
    if (!upload) return refuse(404, 'not_found');
    if (searchParams.get('token') === 'expired') return refuse(403, 'forbidden');
    const from = Number(/bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0);
    reply.writeHead(from ? 206 : 200, { ETag: '"e"', 'Content-Length': upload.size - from });
    if (cutAfter) return reply.write(upload.data.subarray(from, from + cutAfter), () => reply.destroy());
    return reply.end(upload.data.subarray(from));
  }
}
