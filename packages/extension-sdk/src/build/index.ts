/** Building extensions from a program; the command line is `alga-build`. */
export { allowedImports } from './allowed-imports.ts';
export { buildExtension, type BuildOptions, type BuildResult } from './build-extension.ts';
export { BuildError } from './bundle.ts';
export { readComponentNames, type ComponentNames } from './component-names.ts';
