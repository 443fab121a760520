import { describe, expect, it } from 'vitest';
import { judge, type WindowMessage } from '../src/handshake.ts';

const FRAME = { name: 'the frame' };
const NONCE = 'abcdefghijklmnopqrstuv';

function ready(over: Partial<WindowMessage> = {}, payload: object = {}): WindowMessage {
  return {
    source: FRAME,
    origin: 'null',
    data: { alga: true, version: '2', type: 'ready', payload: { nonce: NONCE, versions: ['2'], ...payload } },
    ports: [new MessageChannel().port2],
    ...over,
  };
}

const EXPECTED = { source: FRAME, nonce: NONCE };

describe('the handshake', () => {
  it('takes the first message of the frame, with its nonce and its port', () => {
    const message = ready();
    expect(judge(message, EXPECTED)).toEqual({ kind: 'accepted', port: message.ports[0], version: '2' });
  });

  it.each([
    ['another frame, even with the right nonce', { source: { name: 'a sibling' } }],
    ['nobody, when the frame is not in the page', { source: null }],
    ['other scripts', { data: { type: 'webpackOk' } }],
  ])('ignores %s', (_, over) => {
    expect(
      judge(ready(over), { ...EXPECTED, source: 'source' in over && over.source === null ? null : FRAME }),
    ).toEqual({
      kind: 'ignored',
    });
  });

  it.each([
    ['a document that is not sandboxed', ready({ origin: 'https://ext.example.com' }), EXPECTED],
    ['the host’s own origin', ready({ origin: 'https://host.example' }), EXPECTED],
    ['another nonce', ready({}, { nonce: 'z'.repeat(22) }), EXPECTED],
    ['a nonce that was used', ready(), { ...EXPECTED, nonce: undefined }],
    ['no port', ready({ ports: [] }), EXPECTED],
    ['two ports', ready({ ports: [new MessageChannel().port1, new MessageChannel().port1] }), EXPECTED],
    [
      'a message of another type',
      ready({ data: { alga: true, version: '2', type: 'resize', payload: { height: 1 } } }),
      EXPECTED,
    ],
    ['an unknown field', ready({}, { origin: 'https://host.example' }), EXPECTED],
  ])('refuses %s', (_, message, expected) => {
    expect(judge(message, expected)).toMatchObject({ kind: 'refused', code: 'invalid_message' });
  });

  it('refuses 10 MB', () => {
    expect(judge(ready({}, { extra: 'x'.repeat(10 * 1024 * 1024) }), EXPECTED)).toMatchObject({
      kind: 'refused',
      code: 'message_too_large',
    });
  });

  it('tells a frame of another version so, through its own port', async () => {
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise((resolve) => {
      port1.onmessage = ({ data }) => {
        resolve(data);
      };
    });
    expect(judge(ready({ ports: [port2] }, { versions: ['1'] }), EXPECTED)).toMatchObject({
      kind: 'refused',
      code: 'version_unsupported',
    });
    expect(await answer).toMatchObject({ type: 'error', payload: { code: 'version_unsupported' } });
    port1.close();
  });
});
