/** `value` as JSON, or undefined when it has no JSON form, which the compiler's own type leaves out. */
export function jsonText(value: unknown): string | undefined {
  return JSON.stringify(value);
}
