import { useEffect, useState } from 'react';
import type { Access } from './access.ts';
import type { DemoConfig } from './config.ts';
import { listExtensions, type OfferedExtension } from './gateway.ts';

const INTERVAL_MS = 500;

/** The tenant's extensions: asked for again and again where the configuration says `follow`, as for one under development. */
export function useFollowedExtensions(
  config: DemoConfig,
  access: Access,
  first: readonly OfferedExtension[],
): readonly OfferedExtension[] {
  const [extensions, setExtensions] = useState(first);
  useEffect(() => {
    if (config.follow !== true) return undefined;
    const timer = setInterval(() => {
      listExtensions(config, access).then(
        (next) => {
          setExtensions((old) => (JSON.stringify(old) === JSON.stringify(next) ? old : next));
        },
        (error: unknown) => {
          console.warn('The extensions cannot be listed now.', error);
        },
      );
    }, INTERVAL_MS);
    return () => {
      clearInterval(timer);
    };
  }, [config, access]);
  return extensions;
}
