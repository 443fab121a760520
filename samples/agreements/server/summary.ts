import { type ExtensionResponse, type RequestContext } from '@alga/extension-sdk';
import { plans, type Plan } from './agreement.ts';
import { agreements } from './store.ts';
import { lastSync, type SyncReport } from './sync.ts';

/** The agreements in numbers. */
export interface Summary {
  readonly active: number;
  readonly drafts: number;
  /** Sum of what active agreements bring a month. */
  readonly monthly: number;
  readonly byPlan: readonly { readonly plan: Plan; readonly monthly: number }[];
  readonly currency: string;
  readonly lastSync?: SyncReport;
}

export function summarise(ctx: RequestContext): ExtensionResponse {
  const byPlan = new Map<Plan, number>(plans.map((plan) => [plan, 0]));
  let active = 0;
  let drafts = 0;
  for (const { value } of agreements.entries()) {
    if (value.status === 'draft') drafts++;
    if (value.status !== 'active') continue;
    active++;
    byPlan.set(value.plan, (byPlan.get(value.plan) ?? 0) + value.monthly);
  }
  const last = lastSync();
  const summary: Summary = {
    active,
    drafts,
    monthly: [...byPlan.values()].reduce((sum, monthly) => sum + monthly, 0),
    byPlan: Array.from(byPlan, ([plan, monthly]) => ({ plan, monthly })),
    currency: ctx.invocation.config['currency'] ?? 'EUR',
    ...(last === undefined ? {} : { lastSync: last }),
  };
  return ctx.json(summary);
}
