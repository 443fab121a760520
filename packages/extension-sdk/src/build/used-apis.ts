/** The host APIs that many extensions do without. The rest of the SDK needs `context` and `log` in any case. */
const optional = ['metrics', 'storage', 'http', 'secrets'] as const;

/**
 * The interfaces of those that a bundled extension does not use, such as `alga:extension/storage@2.0.0`: a host checks each import
 * of a component at each request. The bundler has left out the modules of the SDK that an extension does not use, and those left say with
 * `hostApi` what they call. The generated entry imports all; an extension that imports one itself names it a second time.
 */
export function unusedApis(code: string): Set<string> {
  return new Set(
    optional.filter((name) => !isNamed(code, name) && count(code, interfaceOf(name)) <= 1).map(interfaceOf),
  );
}

/** The bundler puts a number after a name that an extension has as well. */
function isNamed(code: string, name: string): boolean {
  return new RegExp(String.raw`\bhostApi\d*\("${name}"\)`).test(code);
}

function interfaceOf(name: string): string {
  return `alga:extension/${name}@2.0.0`;
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}
