import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** What a component was made from and what came out, so that an unchanged one is not made again. */
export interface Stamp {
  readonly inputs: string;
  readonly component: string;
}

/** One hash over parts whose borders count. */
export function hashOf(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    const bytes = Buffer.from(part);
    hash.update(`${bytes.length}:`).update(bytes);
  }
  return hash.digest('hex');
}

/** Whether `component` is what `inputs` gave last time. A missing or unreadable stamp means no. */
export async function isFresh(stampFile: string, componentFile: string, inputs: string): Promise<boolean> {
  const [stamp, component] = await Promise.all([readIfThere(stampFile), readIfThere(componentFile)]);
  if (stamp === undefined || component === undefined) return false;
  return stamp.toString('utf8') === formatStamp({ inputs, component: hashOf([component]) });
}

export function formatStamp(stamp: Stamp): string {
  return `${JSON.stringify({ inputs: stamp.inputs, component: stamp.component })}\n`;
}

async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
