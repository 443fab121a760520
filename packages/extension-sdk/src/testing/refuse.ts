/** Throws as the toolchain does for a `result` error. */
export function refuse(tag: string, message: string): never {
  throw Object.assign(new Error('[object Object] (see error.payload)'), { payload: { tag, val: message } });
}
