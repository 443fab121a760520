import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { transform } from 'esbuild';
// The package as it is built, as its users get it.
import { bundle } from '../dist/build/bundle.js';
import type { GuestExports } from '../src/runtime/mount.ts';
import type { WireBody, WireRequest, WireResponse } from '../src/runtime/wire.ts';
import { createTestHost, type TestHost, type TestHostOptions } from '../src/testing/index.ts';

const packageRoot = dirname(dirname(fileURLToPath(import.meta.url)));

/** An extension's bundle, run with the globals of the language alone, as in the sandbox. */
export interface Component extends GuestExports {
  readonly host: TestHost;
  /** Durations that were slept, in nanoseconds. */
  readonly slept: number[];
  get(path?: string): WireResponse;
  send(method: string, path: string, body: WireBody, query?: [string, string][]): WireResponse;
}

/** Bundles `source` as `alga-build` does, and loads it where there is no Node. */
export async function load(source: string, options: TestHostOptions = {}): Promise<Component> {
  // Below dist/, so that the bundler finds the SDK through the workspace, as in a sample.
  const root = await mkdtemp(join(packageRoot, 'dist', 'test-'));
  try {
    await mkdir(join(root, 'server'));
    await writeFile(join(root, 'server', 'index.ts'), source);
    const { code } = await transform(await bundle(root, 'server/index.ts'), { format: 'cjs' });
    return start(code, createTestHost(options));
  } finally {
    await rm(root, { recursive: true });
  }
}

function start(code: string, host: TestHost): Component {
  const slept: number[] = [];
  const clock = {
    subscribeDuration: (when: number) => ({
      block: () => {
        slept.push(when);
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, when / 1e6 + 1);
      },
    }),
  };
  const bindings: Record<string, unknown> = { ...host.bindings, 'monotonic-clock': clock };
  const module = { exports: {} as GuestExports };
  const require = (name: string): unknown => bindings[/\/([a-z-]+)@/.exec(name)?.[1] ?? ''];
  // QuickJS has these two.
  runInContext(code, createContext({ module, exports: module.exports, require, atob, btoa }));
  const send = (method: string, path: string, body: WireBody, query: [string, string][] = []) => {
    const request: WireRequest = { method, path, endpoint: path, params: [], query, headers: [], body };
    return module.exports.httpHandler.handle(request);
  };
  return { ...module.exports, host, slept, send, get: (path = '/x') => send('GET', path, { tag: 'empty' }) };
}
