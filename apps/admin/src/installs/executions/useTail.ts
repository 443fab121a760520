import { useCallback, useEffect, useRef, useState } from 'react';
import { useGateway } from '../../api/ApiContext.ts';
import { watchExecutions, type TailNews } from '../../api/tail.ts';
import type { ExecutionDetails } from '../../api/types.ts';

/** How many executions stay on the screen. */
export const KEPT = 100;

/** A live tail as the screen shows it. */
export interface Tail {
  readonly state: 'off' | 'connecting' | 'watching' | 'reconnecting' | 'ended' | 'failed';
  /** When the session is over; null until it has begun. */
  readonly endsAt: string | null;
  /** The newest first, {@link KEPT} at most. */
  readonly executions: readonly ExecutionDetails[];
  /** How many the platform left out. */
  readonly skipped: number;
  readonly error: unknown;
}

const OFF: Tail = { state: 'off', endsAt: null, executions: [], skipped: 0, error: null };

function after(tail: Tail, news: TailNews): Tail {
  switch (news.kind) {
    case 'watching':
      return { ...tail, state: 'watching', endsAt: news.endsAt };
    case 'execution': {
      const { execution } = news;
      const isKnown = tail.executions.some(({ executionId }) => executionId === execution.executionId);
      return isKnown ? tail : { ...tail, executions: [execution, ...tail.executions].slice(0, KEPT) };
    }
    case 'skipped':
      return { ...tail, skipped: tail.skipped + news.count };
    case 'reconnecting':
      return { ...tail, state: 'reconnecting' };
    case 'ended':
      return { ...tail, state: 'ended' };
  }
}

/** A live tail of an extension, with the ways to start and to stop it. It stops when its screen is left. */
export function useTail(extension: string) {
  const gateway = useGateway();
  const [tail, setTail] = useState(OFF);
  const running = useRef<AbortController>(null);

  const stop = useCallback(() => {
    running.current?.abort();
    running.current = null;
    setTail(OFF);
  }, []);

  const start = useCallback(() => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setTail({ ...OFF, state: 'connecting' });
    watchExecutions(gateway, extension, controller.signal, (news) => {
      if (!controller.signal.aborted) setTail((last) => after(last, news));
    }).catch((error: unknown) => {
      if (!controller.signal.aborted) setTail((last) => ({ ...last, state: 'failed', error }));
    });
  }, [gateway, extension]);

  useEffect(
    () => () => {
      running.current?.abort();
    },
    [],
  );

  return { tail, start, stop };
}
