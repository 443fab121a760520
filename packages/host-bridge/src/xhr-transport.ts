import { MAX_BODY } from '@alga/iframe-protocol';
import { ApiFailure, type ApiAnswer, type ApiTransport } from './transport.ts';

// Longer than the gateway ever takes (30 s), so that its answer wins, plus time for a large body.
const TIMEOUT_MS = 120_000;

/** Calls with XMLHttpRequest, because `fetch` tells no progress of a request's body. */
export const xhrTransport: ApiTransport = (request, { signal, onProgress }) =>
  new Promise<ApiAnswer>((resolve, reject) => {
    if (signal.aborted) {
      reject(new ApiFailure('cancelled'));
      return;
    }
    const xhr = new XMLHttpRequest();
    let tooLarge = false;
    const abort = () => {
      xhr.abort();
    };
    signal.addEventListener('abort', abort, { once: true });
    xhr.open(request.method, request.url);
    xhr.responseType = 'arraybuffer';
    xhr.timeout = TIMEOUT_MS;
    for (const [name, value] of Object.entries(request.headers)) xhr.setRequestHeader(name, value);
    xhr.upload.onprogress = ({ loaded, total }) => {
      onProgress(loaded, total);
    };
    xhr.onprogress = ({ loaded }) => {
      if (loaded <= MAX_BODY) return;
      tooLarge = true;
      xhr.abort();
    };
    xhr.onload = () => {
      resolve({
        status: xhr.status,
        headers: parseHeaders(xhr.getAllResponseHeaders()),
        body: new Uint8Array(xhr.response as ArrayBuffer),
      });
    };
    xhr.onerror = () => {
      reject(new ApiFailure('network'));
    };
    xhr.ontimeout = () => {
      reject(new ApiFailure('timeout'));
    };
    xhr.onabort = () => {
      reject(new ApiFailure(tooLarge ? 'response_too_large' : 'cancelled'));
    };
    xhr.onloadend = () => {
      signal.removeEventListener('abort', abort);
    };
    xhr.send(request.body ?? null);
  });

function parseHeaders(lines: string): Record<string, string> {
  return Object.fromEntries(
    lines
      .split('\r\n')
      .filter((line) => line.includes(':'))
      .map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
      }),
  );
}
