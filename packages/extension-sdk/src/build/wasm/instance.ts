/** What is used of WebAssembly as Node has it; the types of Node leave it out. */
interface WebAssemblyApi {
  readonly Module: {
    new (bytes: Uint8Array): CompiledModule;
    imports(module: CompiledModule): readonly { readonly module: string; readonly name: string }[];
  };
  readonly Instance: new (
    module: CompiledModule,
    imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ) => { readonly exports: Readonly<Record<string, unknown>> };
}

interface CompiledModule {
  readonly [Symbol.toStringTag]: 'WebAssembly.Module';
}

const { Module, Instance } = (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }).WebAssembly;

/**
 * The exports of an instance that has no host: it imports functions only, and each of them throws.
 * @throws Error when the module is not valid, or imports anything else.
 */
export function instantiateAlone(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  const module = new Module(bytes);
  const imports: Record<string, Record<string, unknown>> = {};
  for (const { module: from, name } of Module.imports(module))
    (imports[from] ??= {})[name] = (): never => {
      throw new Error(`There is no host for ${name}.`);
    };
  return new Instance(module, imports).exports;
}
