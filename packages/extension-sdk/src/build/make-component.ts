import { componentize, type ComponentizeOpts } from 'componentize-qjs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allowedImports } from './allowed-imports.ts';
import { BuildError } from './bundle.ts';
import { likelySize, memorySizes, type MemoryLayout } from './engine/memory-layout.ts';
import { placeEngine } from './engine/place-engine.ts';
import { NoRoomError } from './fuse/fit-memory.ts';
import { fuseComponent } from './fuse/fuse-component.ts';
import { unusedApis } from './used-apis.ts';

export const witFolder = join(dirname(fileURLToPath(import.meta.url)), '..', 'wit');

/**
 * The component of a module, with the smallest memory that it fits into.
 * @param source What `bundle` gave.
 * @param engine The one to place for that, see `engineOfTools`; without one, and for what needs more than 4 MiB, the memory is laid out as
 *   the linker does it.
 * @throws BuildError when the code does not load.
 */
export async function makeComponent(source: string, engine: Uint8Array | undefined): Promise<Uint8Array> {
  const unused = unusedApis(source);
  const fuse = (component: Uint8Array, layout?: MemoryLayout): Uint8Array =>
    fuseComponent(component, { allowed: allowedImports, unused }, layout);
  let pages = likelySize(source);
  while (engine !== undefined && pages !== undefined) {
    const layout: MemoryLayout = { pages };
    try {
      const component = await evaluate(source, { runtimeBytes: Buffer.from(placeEngine(engine, layout)) });
      return fuse(component, layout);
    } catch (error) {
      if (!(error instanceof NoRoomError)) throw error;
      pages = memorySizes.find((size) => size >= error.pages);
    }
  }
  return fuse(await evaluate(source, { sync: true }));
}

async function evaluate(source: string, options: Partial<ComponentizeOpts>): Promise<Uint8Array> {
  try {
    const { component } = await componentize({
      witPath: witFolder,
      world: 'guest',
      jsSource: source,
      ...options,
    });
    return component;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BuildError(`The extension does not load: ${reason}`, { cause: error });
  }
}
