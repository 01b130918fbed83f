// The stock tus client sends one file in many ways: node tus-client.js ENDPOINT USER_TOKEN FILE
// Prints one line of JSON: what became of each way, and the upload's URL where there is one.
'use strict';

const crypto = require('node:crypto');
const fs = require('node:fs');
const tus = require('tus-js-client');

const [endpoint, token, path] = process.argv.slice(2);
const data = fs.readFileSync(path);
const PATIENCE_MILLIS = 90_000;

setTimeout(() => {
  console.error('the stock client waited in vain');
  process.exit(1);
}, PATIENCE_MILLIS).unref();

function options(more) {
  return {
    endpoint,
    headers: { Authorization: `Bearer ${token}` },
    metadata: { filename: 'stock \u00e9.bin', filetype: 'application/octet-stream' },
    retryDelays: [100, 200, 500, 1000],
    storeFingerprintForResuming: false,
    ...more,
  };
}

/** Sends it to the end; `stopAt` aborts once so many bytes have gone, as a lost network would. */
function send(source, more, stopAt = Infinity) {
  return new Promise((resolve) => {
    let stopping = false;
    const seen = [];
    const upload = new tus.Upload(
      source,
      options({
        onProgress: async (sent) => {
          if (sent >= stopAt && !stopping) {
            stopping = true;
            await upload.abort();
            resolve({ url: upload.url, stoppedAt: sent });
          }
        },
        onChunkComplete: (size, accepted) => seen.push(accepted),
        onError: (error) =>
          resolve({
            url: upload.url,
            status: error.originalResponse && error.originalResponse.getStatus(),
            error: String(error),
          }),
        onSuccess: () => resolve({ url: upload.url, pieces: seen.length, last: seen.at(-1) }),
        ...more,
      }),
    );
    upload.start();
  });
}

/** Aborted in mid-request, then gone on with by the upload's URL. */
async function resumed(chunkSize, stopAt) {
  const first = await send(data, { chunkSize }, stopAt);
  const second = await send(data, { chunkSize, uploadUrl: first.url });
  return { ...second, stoppedAt: first.stoppedAt, sameUrl: first.url === second.url };
}

/** The header that the stock client leaves to its user. */
function checksums(algorithm, chunkSize, spoil) {
  return {
    chunkSize,
    retryDelays: null,
    onBeforeRequest: (request) => {
      if (request.getMethod() === 'PATCH') {
        const from = Number(request.getHeader('Upload-Offset'));
        const piece = data.subarray(from, from + chunkSize);
        const digest = crypto.createHash(algorithm).update(spoil ? 'other' : piece);
        request.setHeader('Upload-Checksum', `${algorithm} ${digest.digest('base64')}`);
      }
    },
  };
}

async function terminated() {
  const first = await send(data, { chunkSize: 600 * 1024 }, 1_000_000);
  await tus.Upload.terminate(first.url, options({}));
  const head = await fetch(first.url, {
    method: 'HEAD',
    headers: { Authorization: `Bearer ${token}`, 'Tus-Resumable': '1.0.0' },
  });
  return { status: head.status };
}

const begun = Date.now();

function step(name, result) {
  console.error(`${Date.now() - begun} ms ${name} ${JSON.stringify(result)}`);
  return result;
}

async function main() {
  const out = {};
  out.whole = step('whole', await send(data, {}));
  out.pieces = step('pieces', await send(data, { chunkSize: 100 * 1024 }));
  out.odd = step('odd', await send(data, { chunkSize: 333_337 }));
  out.oneChunk = step('oneChunk', await send(data, { chunkSize: 512 * 1024 }));
  out.empty = step('empty', await send(Buffer.alloc(0), {}));
  out.resumedWhole = step('resumedWhole', await resumed(Infinity, 1));
  out.resumedPieces = step('resumedPieces', await resumed(700_001, 1_500_000));
  // Not from a stream: of its last piece this client announces more bytes than it sends.
  out.deferred = step('deferred', await send(data, { chunkSize: 300_000, uploadLengthDeferred: true }));
  out.sha1 = step('sha1', await send(data, checksums('sha1', 200_000, false)));
  out.sha256 = step('sha256', await send(data, checksums('sha256', 1_000_000, false)));
  out.spoilt = step('spoilt', await send(data, checksums('sha1', 200_000, true)));
  out.terminated = step('terminated', await terminated());
  out.stranger = step('stranger', await send(data, { headers: { Authorization: 'Bearer no.such.token' }, retryDelays: null }));
  console.log(JSON.stringify(out));
  process.exit(0);
}

main();
