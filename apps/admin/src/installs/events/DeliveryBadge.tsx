import { Badge } from '@alga/ui-kit';
import type { DeliveryStatus } from '../../api/types.ts';
import { own } from '../../common/own.ts';
import { texts } from '../../texts.ts';

const TONES = { pending: 'info', delivered: 'success', dead: 'danger', dropped: 'neutral' } as const;

/** What became of a delivery. */
export function DeliveryBadge({ status }: { readonly status: DeliveryStatus }) {
  return (
    <Badge tone={TONES[status]} hasDot>
      {own(texts.events.states, status) ?? status}
    </Badge>
  );
}
