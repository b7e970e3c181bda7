// Verifies an event of Pulsehook and hands it on: a Code node behind a Webhook node with the option Raw Body.
const { createHmac, timingSafeEqual } = require('crypto');

const secret = 'whsec_…';

const headers = $input.first().json.headers;
const body = await this.helpers.getBinaryDataBuffer(0, 'data');
const id = headers['webhook-id'] ?? '';
const timestamp = headers['webhook-timestamp'] ?? '';
const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
const hmac = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
const expected = Buffer.from(`v1,${hmac}`);
const genuine = (headers['webhook-signature'] ?? '').split(' ').map((signature) => Buffer.from(signature))
  .some((signature) => signature.length === expected.length && timingSafeEqual(signature, expected));
if (!genuine || !(Math.abs(Date.now() / 1000 - timestamp) <= 300)) {
  throw new Error('This was not sent by Pulsehook, or too long ago.');
}
return [{ json: { key: id, test: 'pulsehook-test' in headers, event: JSON.parse(body.toString()) } }];
