// PUT /texts remembers a text by its SHA-256, GET /texts/:digest says when it came. The module is handed to StarlingMonkey as it is;
// imports are the interfaces of extension.wit, exports its two handlers in camel case.
import { write as log } from 'alga:extension/log@2.0.0';
import { get, put } from 'alga:extension/storage@2.0.0';

const NAMESPACE = 'texts';

function json(status, value) {
  return {
    status,
    headers: [['content-type', 'application/json']],
    body: { tag: 'text', val: JSON.stringify(value) },
  };
}

async function sha256(text) {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function remember(text) {
  const key = await sha256(text);
  const value = JSON.stringify({ length: text.length, at: new Date().toISOString() });
  try {
    // Only where there is nothing yet: two requests at once leave one entry.
    put(NAMESPACE, { key, value, ifRevision: 0n });
  } catch (refused) {
    // The error case of a result is thrown, with its variant as the payload.
    if (refused.payload?.tag !== 'conflict') throw refused;
    return json(200, { digest: key, isNew: false });
  }
  log('info', 'remembered', [['digest', key]]);
  return json(201, { digest: key, isNew: true });
}

function recall(digest) {
  const entry = get(NAMESPACE, digest);
  return entry === undefined
    ? json(404, { code: 'unknown_text' })
    : json(200, { digest, ...JSON.parse(entry.value) });
}

export const httpHandler = {
  handle({ endpoint, params, body }) {
    if (endpoint === '/texts') return remember(body.tag === 'text' ? body.val : '');
    const [[, digest]] = params;
    return recall(digest);
  },
};

export const eventHandler = {
  handle() {
    throw new Error('The manifest subscribes to nothing.');
  },
};
