import type { Extension } from '../extension.ts';
import { deliver as deliverWire } from '../runtime/deliver.ts';
import { inTurn } from './in-turn.ts';
import type { TestHost } from './test-host.ts';

export interface TestEvent {
  readonly topic: string;
  readonly payload: unknown;
  /** Default `event-1`. */
  readonly id?: string;
  /** RFC 3339 instant; default 2026-01-01T00:00:00Z. */
  readonly occurredAt?: string;
  /** Default 1. */
  readonly attempt?: number;
}

/** How a delivery ended: with a code when it failed and would be repeated. */
export interface Delivery {
  readonly ok: boolean;
  readonly code?: string;
}

/** Delivers an event as the platform would. */
export function deliver(host: TestHost, extension: Extension, event: TestEvent): Promise<Delivery> {
  const wire = {
    id: event.id ?? 'event-1',
    topic: event.topic,
    occurredAt: event.occurredAt ?? '2026-01-01T00:00:00Z',
    attempt: event.attempt ?? 1,
    payload: JSON.stringify(event.payload),
  };
  return inTurn(host, async () => {
    const code = await deliverWire(extension, wire, (outcome) => outcome);
    return code === undefined ? { ok: true } : { ok: false, code };
  });
}
