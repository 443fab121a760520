import { useEffect, useState } from 'react';
import { loadConfig, type DemoConfig } from './config.ts';

const INTERVAL_MS = 500;

/** The configuration as it stands: read again and again where it says `follow`, as for an extension under development. */
export function useFollowedConfig(first: DemoConfig): DemoConfig {
  const [config, setConfig] = useState(first);
  useEffect(() => {
    if (first.follow !== true) return undefined;
    const timer = setInterval(() => {
      loadConfig().then(
        (next) => {
          setConfig((old) => (JSON.stringify(old) === JSON.stringify(next) ? old : next));
        },
        (error: unknown) => {
          console.warn('The configuration cannot be read now.', error);
        },
      );
    }, INTERVAL_MS);
    return () => {
      clearInterval(timer);
    };
  }, [first]);
  return config;
}
