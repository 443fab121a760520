/** A line of Markdown, as far as it matters where versions and link targets stand. */
export type Line =
  | { readonly kind: 'text'; readonly text: string }
  /** Its words are Markdown; one that is underlined has two lines. */
  | {
      readonly kind: 'heading';
      readonly text: string;
      readonly title: string;
      readonly level: number;
      readonly lines: 1 | 2;
    }
  | { readonly kind: 'link'; readonly text: string; readonly label: string };

// A heading that names a version is short, and so is a link target; longer lines are words.
const MAX_LENGTH = 500;
const HEADING = /^ {0,3}(#{1,6})[ \t]+(\S.*)$/;
const CLOSING = /[ \t]#+$/;
const UNDERLINE = /^ {0,3}(=+|-+)$/;
const LINK = /^ {0,3}\[([^[\]]+)\]:[ \t]*\S/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const COMMENT = /^ {0,3}<!--/;

/**
 * Lines with what they are by CommonMark 0.31 (https://spec.commonmark.org/0.31.2/): headings of both forms, link reference definitions;
 * nothing in fenced code or in a comment. Takes time in proportion to the text.
 */
export function readLines(markdown: string): readonly Line[] {
  const texts = markdown.split(/\r\n|\r|\n/);
  const lines: Line[] = [];
  /** What ends the block that a line is in. */
  let isEnd: ((text: string) => boolean) | undefined;
  for (const [index, text] of texts.entries()) {
    if (isEnd !== undefined) {
      if (isEnd(text)) isEnd = undefined;
      lines.push({ kind: 'text', text });
      continue;
    }
    isEnd = endOfBlock(text);
    lines.push(
      isEnd === undefined ? readLine(text, texts[index - 1], texts[index + 1]) : { kind: 'text', text },
    );
  }
  return lines;
}

function endOfBlock(text: string): ((text: string) => boolean) | undefined {
  const fence = FENCE.exec(text)?.[1];
  if (fence !== undefined)
    return (next) => {
      const closing = FENCE.exec(next)?.[1];
      return closing !== undefined && closing.startsWith(fence) && next.trim() === closing;
    };
  if (COMMENT.test(text) && !text.includes('-->')) return (next) => next.includes('-->');
  return undefined;
}

function readLine(text: string, before = '', after = ''): Line {
  if (text.length > MAX_LENGTH) return { kind: 'text', text };
  const label = LINK.exec(text)?.[1];
  if (label !== undefined) return { kind: 'link', text, label: label.toLowerCase() };
  const trimmed = text.trimEnd();
  const [, marks, words] = HEADING.exec(trimmed) ?? [];
  if (marks !== undefined && words !== undefined)
    return {
      kind: 'heading',
      text,
      title: words.replace(CLOSING, ''),
      level: marks.length,
      lines: 1,
    };
  const underline = after.length > MAX_LENGTH ? undefined : UNDERLINE.exec(after.trimEnd())?.[1];
  if (underline !== undefined && before.trim() === '' && /^ {0,3}[^\s>]/.test(text))
    return {
      kind: 'heading',
      text,
      title: trimmed.trim(),
      level: underline.startsWith('=') ? 1 : 2,
      lines: 2,
    };
  return { kind: 'text', text };
}
