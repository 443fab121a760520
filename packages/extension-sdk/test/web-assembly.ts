/** WebAssembly as Node has it; the types of the package's own code leave out all that browsers have. */
interface WebAssemblyApi {
  compile(bytes: Uint8Array): Promise<CompiledModule>;
  instantiate(
    module: CompiledModule,
    imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ): Promise<{ readonly exports: Readonly<Record<string, unknown>> }>;
  readonly Module: { imports(module: CompiledModule): readonly Import[] };
  readonly Memory: new (...args: never[]) => object;
  readonly RuntimeError: new (...args: never[]) => Error;
}

interface CompiledModule {
  readonly [Symbol.toStringTag]: 'WebAssembly.Module';
}

interface Import {
  readonly module: string;
  readonly name: string;
  readonly kind: string;
}

export const webAssembly = (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }).WebAssembly;
