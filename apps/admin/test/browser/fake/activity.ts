// What happened in the fake registry's tenant: deliveries, schedules, quotas, and a live tail.
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { DeliveryDetails, ExecutionDetails, Quotas, Schedule } from '../../../src/api/types.ts';
import { daysAgo } from './data.ts';

/** Deliveries of an install, the newest first: one in each state. */
export function makeDeliveries(): DeliveryDetails[] {
  const base = {
    eventId: 'signed-41',
    topic: 'agreement.signed',
    key: 'contoso',
    schedule: null,
    endpoint: null,
    failures: 0,
    occurredAt: daysAgo(0.1),
    createdAt: daysAgo(0.1),
    nextAttemptAt: null,
    finishedAt: daysAgo(0.09),
    payload: { agreement: 41, customer: 'Contoso' },
  };
  const attempt = (number: number, code: string | null) => ({
    attempt: number,
    at: daysAgo(0.1),
    requestId: randomUUID(),
    status: code === null ? 200 : null,
    code,
  });
  return [
    {
      ...base,
      deliveryId: randomUUID(),
      status: 'pending',
      attempts: 1,
      failures: 1,
      nextAttemptAt: daysAgo(-0.01),
      finishedAt: null,
      log: [attempt(1, 'timeout')],
    },
    {
      ...base,
      deliveryId: randomUUID(),
      eventId: 'signed-40',
      status: 'dead',
      attempts: 2,
      failures: 8,
      log: [attempt(7, 'guest_trap'), attempt(8, 'guest_trap')],
    },
    { ...base, deliveryId: randomUUID(), status: 'delivered', attempts: 1, log: [attempt(1, null)] },
    {
      ...base,
      deliveryId: randomUUID(),
      topic: '',
      schedule: 'weekly-mail',
      endpoint: 'POST /agreements',
      status: 'dropped',
      attempts: 0,
      log: [],
    },
  ];
}

/** Schedules of an install. */
export function makeSchedules(): Schedule[] {
  const base = { timeZone: 'Europe/Vienna', pausedAt: null, pausedBy: null, lastSkippedAt: null };
  return [
    {
      ...base,
      name: 'nightly-sync',
      cron: '0 3 * * *',
      missedRuns: 'once',
      endpoint: 'POST /agreements',
      topic: null,
      nextRunAt: daysAgo(-0.5),
      lastRunAt: daysAgo(0.5),
    },
    {
      ...base,
      name: 'weekly-mail',
      cron: '0 8 * * 1',
      missedRuns: 'skip',
      endpoint: null,
      topic: 'mail.weekly',
      nextRunAt: daysAgo(-4),
      lastRunAt: null,
    },
  ];
}

/** Limits with one that is nearly used up. */
export function makeQuotas(): Quotas {
  return {
    plan: 'team',
    month: `${daysAgo(0).slice(0, 7)}-01`,
    tenant: {
      limits: {
        requestsPerSecond: 50,
        concurrency: 20,
        monthlyInvocations: 100_000,
        monthlyEgressBytes: null,
      },
      invocations: 41_233,
      egressBytes: 73_000_000,
    },
    extensions: [
      {
        name: 'com.acme.reports',
        use: {
          limits: { monthlyInvocations: 20_000, monthlyEgressBytes: 80_000_000 },
          invocations: 17_910,
          egressBytes: 21_000_000,
        },
      },
    ],
  };
}

/** Live tails that are open, to which a test adds executions. */
export class FakeTails {
  readonly seen: (string | undefined)[] = [];
  readonly #open = new Set<ServerResponse>();
  #sent = 0;

  /** Answers with a stream. */
  answer(response: ServerResponse, lastEventId: string | undefined): void {
    this.seen.push(lastEventId);
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(`retry: 50\n\nevent: start\nid: s.${this.#sent}\n`);
    response.write(`data: ${JSON.stringify({ sessionId: 's', endsAt: daysAgo(-0.02) })}\n\n`);
    this.#open.add(response);
    response.on('close', () => this.#open.delete(response));
  }

  /** Tells all who watch of an execution. */
  tell(execution: ExecutionDetails): void {
    this.#sent++;
    this.#send('execution', execution);
  }

  /** Tells all who watch that executions were left out. */
  skip(count: number): void {
    this.#send('skipped', { count });
  }

  /** Ends the session of all who watch. */
  end(): void {
    this.#send('end', {});
    this.cut();
  }

  /** Ends the connections and leaves the sessions. */
  cut(): void {
    for (const response of this.#open) response.end();
  }

  #send(event: string, data: object): void {
    for (const response of this.#open) {
      response.write(`event: ${event}\nid: s.${this.#sent}\ndata: ${JSON.stringify(data)}\n\n`);
    }
  }
}
