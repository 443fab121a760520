/** A URL that is in the form that a parser would give it: for a `Request`, which would take longer to parse it than for all else. */
export class ParsedUrl {
  readonly href: string;

  constructor(href: string) {
    this.href = href;
  }

  /** Node's `Request` reads it as text. */
  toString(): string {
    return this.href;
  }
}
