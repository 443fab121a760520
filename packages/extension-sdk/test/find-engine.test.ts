import { expect, test } from 'vitest';
import { engineOfTools } from '../src/build/engine/engine-of-tools.ts';
import { findEngine } from '../src/build/engine/find-engine.ts';
import { moduleHeader } from '../src/build/wasm/module-header.ts';
import { core } from '../src/build/wasm/core-module.ts';
import { readSections, writeSections, type Section } from '../src/build/wasm/sections.ts';
import { concat, text, type Bytes } from '../src/build/wasm/writer.ts';
import { random } from './random.ts';

const custom = (name: string, content: Bytes = []): Section => ({
  id: core.custom,
  body: concat(text(name), content),
});
const library = (...between: Section[]): Uint8Array =>
  writeSections(moduleHeader, [custom('dylink.0'), ...between, custom('target_features', [1, 2])]);
const fast = library({ id: core.code, body: new Uint8Array(400) });
const small = library({ id: core.code, body: new Uint8Array(300) });
const asynchronous = library(
  { id: core.import, body: concat([1], text('$root'), text('[waitable-join]'), [0, 0]) },
  { id: core.code, body: new Uint8Array(500) },
);

test('the engine without async is found, and of two the one for speed, wherever they are', () => {
  for (let seed = 1; seed <= 50; seed++) {
    const next = random(seed);
    const noise = (): Uint8Array => Uint8Array.from({ length: next(300) }, () => next(256));
    const parts = [asynchronous, small, fast].map((each) => ({ each, at: next(1000) }));
    const binary = concat(
      ...parts.sort((one, other) => one.at - other.at).flatMap(({ each }) => [noise(), each, noise()]),
    );
    expect(Buffer.from(findEngine(binary) ?? []).equals(fast), `seed ${seed}`).toBe(true);
  }
});

test.each([
  ['there is none', Uint8Array.from({ length: 5000 }, (_, at) => at % 251)],
  ['there are only such with async', concat([7, 7], asynchronous, [7])],
  ['a module is no library', writeSections(moduleHeader, [custom('name'), custom('target_features')])],
  ['it is cut short', fast.subarray(0, fast.length - 1)],
  ['its name is not text', concat(moduleHeader, [0, 3, 2, 0xff, 0xff])],
  ['the file is empty', new Uint8Array()],
])('no engine is found where %s', (_, binary) => {
  expect(findEngine(binary)).toBeUndefined();
});

test('the tools as they are installed have one', () => {
  const engine = engineOfTools();
  if (engine === undefined) throw new Error('There is none.');
  expect(readSections(engine).map(({ id }) => id)).toContain(core.code);
  expect(engine.length).toBeGreaterThan(1_000_000);
});
