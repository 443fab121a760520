/** For the entry that `alga-build` generates; extensions do not import this. */
export { mount, type GuestExports } from './mount.ts';
export type * from './wire.ts';
