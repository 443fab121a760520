/** The host APIs that many extensions do without. The rest of the SDK needs `context` and `log` in any case. */
const optional = ['metrics', 'storage', 'http', 'secrets'] as const;

/**
 * The interfaces of those that a bundled extension does not use, such as `alga:extension/storage@2.0.0`: a host checks each import
 * of a component at each request. The bundler has left out the modules of the SDK that an extension does not use, and those left say with
 * `hostApi` what they call. The generated entry imports all; an extension that imports one itself names it a second time.
 */
export function unusedApis(code: string): Set<string> {
  return new Set(
    optional
      .filter((name) => !code.includes(`hostApi("${name}")`) && count(code, interfaceOf(name)) <= 1)
      .map(interfaceOf),
  );
}

function interfaceOf(name: string): string {
  return `alga:extension/${name}@2.0.0`;
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}
