// Receives events of Pulsehook and keeps each as a file. Try it: node receiver.mjs
import { createHmac, timingSafeEqual } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';

const keys = (process.env.PULSEHOOK_SECRET ?? '').split(' ').filter(Boolean)
  .map((secret) => Buffer.from(secret.slice('whsec_'.length), 'base64'));

function verified(headers, body) {
  const { 'webhook-id': id = '', 'webhook-timestamp': timestamp = '', 'webhook-signature': signatures = '' } = headers;
  if (!/^[A-Za-z0-9-]+$/.test(id) || !/^\d+$/.test(timestamp) || Math.abs(Date.now() / 1000 - timestamp) > 300) {
    return false;
  }
  const sent = signatures.split(' ').map((signature) => Buffer.from(signature));
  return keys.some((key) => {
    const hmac = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
    const expected = Buffer.from(`v1,${hmac}`);
    return sent.some((signature) => signature.length === expected.length && timingSafeEqual(signature, expected));
  });
}

// Your part. An event can come again: id is then the same, so use it as the key of what you store or send.
async function handle(id, event, body) {
  await mkdir('events', { recursive: true });
  await writeFile(`events/${id}.new`, body);
  await rename(`events/${id}.new`, `events/${id}.json`);
  console.log(event.type, event.message?.text ?? event.data?.status ?? '');
}

async function answer(request) {
  const chunks = []; // The bytes as they came: do not encode the JSON again.
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  if (!verified(request.headers, body)) return 401;
  if (!('pulsehook-test' in request.headers)) { // Else somebody pressed "Send a test".
    await handle(request.headers['webhook-id'], JSON.parse(body), body);
  }
  return 204;
}

createServer(async (request, response) => {
  const status = await answer(request).catch((error) => {
    console.error(error);
    return 500; // Whatever fails, Pulsehook sends the event again.
  });
  response.writeHead(status).end();
}).listen(process.env.PORT ?? 9000, '127.0.0.1');
