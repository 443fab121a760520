import type { BuildOptions } from 'esbuild';

/** How the code of an extension in `root` is bundled, whatever for. */
export function commonOptions(root: string) {
  return {
    absWorkingDir: root,
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'es2023',
    // Async functions become generators over the global Promise, which is the SDK's own: the runtime never comes to run
    // the jobs of its native promises, because the sandbox ends with the call.
    supported: {
      'async-await': false,
      'async-generator': false,
      'for-await': false,
      'top-level-await': false,
    },
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
  } as const satisfies BuildOptions;
}
