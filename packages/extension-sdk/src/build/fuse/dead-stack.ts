import { constantOf } from '../wasm/constant.ts';
import { importsOf, kind, type CoreModule } from '../wasm/core-module.ts';

/**
 * Length of the stack that libraries share, which starts at 0 and grows down to there: while nothing of them runs, nobody reads it.
 * @param module The one that has the memory. wit-component puts the stack first, the data of the libraries after it, and says in
 *   globals where each of them is.
 * @returns 0 when the module does not say that all data and the heap come after the stack.
 */
export function deadStackLength(module: CoreModule): number {
  const values = new Map(
    module.exports
      .filter((each) => each.kind === kind.global)
      .map(({ name, index }) => [name, valueOf(module, index)] as const),
  );
  const stack = values.get('__stack_pointer');
  const others = [...values].filter(([name]) => name === '__heap_base' || name.endsWith(':memory_base'));
  const isFirst =
    stack !== undefined &&
    others.length > 0 &&
    others.every(([, start]) => start !== undefined && start >= stack);
  return isFirst ? stack : 0;
}

/** What a global of 32 bits starts with, when the module itself says it. */
function valueOf(module: CoreModule, index: number): number | undefined {
  const global = module.globals[index - importsOf(module, kind.global).length];
  return global === undefined ? undefined : constantOf(global.value) >>> 0;
}
