import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { ApiClient } from './client.ts';
import { Problem } from './problem.ts';
import type { ExecutionDetails } from './types.ts';

/** What a live tail tells, in the order in which it happens. */
export type TailNews =
  | { readonly kind: 'watching'; readonly endsAt: string }
  | { readonly kind: 'execution'; readonly execution: ExecutionDetails }
  | { readonly kind: 'skipped'; readonly count: number }
  /** The connection is gone; another is tried. */
  | { readonly kind: 'reconnecting' }
  /** The session is over, and does not go on by itself. */
  | { readonly kind: 'ended' };

const PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Watches an extension's executions until the session is over or the signal says so. It comes again where a connection ends,
 * with the place where it was, so that nothing is missed; an execution may be told twice.
 *
 * @throws {Problem} what the gateway refuses, other than for being busy.
 */
export async function watchExecutions(
  gateway: ApiClient,
  extension: string,
  signal: AbortSignal,
  tell: (news: TailNews) => void,
): Promise<void> {
  let place: string | undefined;
  let pause = PAUSE_MS;
  let failures = 0;
  const isLeft = () => signal.aborted;
  while (!isLeft()) {
    try {
      const response = await gateway.open(`/ext-tail/${encodeURIComponent(extension)}`, {
        signal,
        headers: place === undefined ? {} : { 'last-event-id': place },
      });
      if (response.status === 204 || response.body === null) break;
      const events = response.body
        .pipeThrough(new TextDecoderStream())
        .pipeThrough(
          new EventSourceParserStream({
            onRetry: (retry) => {
              pause = retry;
            },
          }),
        )
        .getReader();
      for (let next = await events.read(); !next.done; next = await events.read()) {
        failures = 0;
        const { event, data, id } = next.value;
        if (id !== undefined) place = id;
        if (event === 'end') {
          tell({ kind: 'ended' });
          return;
        }
        tellOf(event, data, tell);
      }
    } catch (error) {
      if (isLeft()) return;
      // What was refused for a reason stays refused; a connection that broke has no answer of its own.
      if (error instanceof Problem && error.status !== 0 && error.status < 500) throw error;
      failures++;
    }
    tell({ kind: 'reconnecting' });
    await wait(Math.min(pause * 2 ** Math.min(failures, 10), LONGEST_PAUSE_MS), signal);
  }
  if (!isLeft()) tell({ kind: 'ended' });
}

function tellOf(event: string | undefined, data: string, tell: (news: TailNews) => void): void {
  if (event === 'start') tell({ kind: 'watching', ...(JSON.parse(data) as { endsAt: string }) });
  if (event === 'execution') tell({ kind: 'execution', execution: JSON.parse(data) as ExecutionDetails });
  if (event === 'skipped') tell({ kind: 'skipped', ...(JSON.parse(data) as { count: number }) });
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
}
