import { HttpError, log, type ExtensionEvent } from '@alga/extension-sdk';
import { agreements } from './store.ts';

/** Follows a customer's new name. A repeated delivery finds nothing left to change. */
export function customerRenamed(event: ExtensionEvent): void {
  const { from, to } = (event.payload ?? {}) as { from?: unknown; to?: unknown };
  if (typeof from !== 'string' || typeof to !== 'string' || to.trim() === '' || to.length > 120) {
    throw new HttpError(400, 'invalid_payload', 'The event names no old and new name.');
  }
  let renamed = 0;
  for (const { key, value } of agreements.entries()) {
    if (value.customer !== from) continue;
    agreements.update(key, (current) => ({ ...(current ?? value), customer: to }));
    renamed++;
  }
  log.info('customer renamed', { event: event.id, renamed });
}
