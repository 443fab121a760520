/** Longest text that is laid out, in characters. What some texts of twice this length take, people would not wait for. */
export const MAX_LAID_OUT = 32 * 1024;

// A quote in a list in a quote, and so on: parsers of Markdown go deeper with each, and end with an error at some depth.
const NESTED = /^[ \t]*(?:>[ \t]*|(?:[-+*]|\d{1,9}[.)])[ \t]+){40}/m;

/** Whether a stranger's Markdown can be laid out without making the page stand still. */
export function canBeLaidOut(text: string): boolean {
  return text.length <= MAX_LAID_OUT && !NESTED.test(text);
}
