import { Problem } from '../api/problem.ts';
import { texts } from '../texts.ts';
import { own } from './own.ts';

/** What went wrong, in words for the reader. */
export interface ProblemText {
  readonly title: string;
  /** What to do, and what the API said. */
  readonly detail: string;
  readonly requestId: string | null;
}

/** Tells a fault in the app's own words where its code is known, and in the API's words where they say more. */
export function problemText(error: unknown): ProblemText {
  if (!(error instanceof Problem)) {
    return {
      title: texts.problemFallback,
      detail: error instanceof Error ? error.message : String(error),
      requestId: null,
    };
  }
  const known = own(texts.problems, error.code);
  // Only the browser's own words for a missing answer are of no use to anybody.
  const said = error.code === 'unreachable' ? '' : error.message;
  return {
    title: known?.title ?? texts.problemFallback,
    detail: [known?.text ?? '', said].filter(Boolean).join(' '),
    requestId: error.requestId,
  };
}
