import { Progress, Stack, Text } from '@alga/ui-kit';
import type { QuotaUse } from '../../api/types.ts';
import { useFormat } from '../../common/useFormat.ts';
import { texts } from '../../texts.ts';
import { isNearlyUsed } from './isNearlyUsed.ts';

const words = texts.quotas;

/** What was used of a month's limits. */
export function QuotaBars({ use }: { readonly use: QuotaUse }) {
  const format = useFormat();
  const { limits, invocations, egressBytes } = use;
  return (
    <Stack gap={3}>
      <Bar
        label={words.requests}
        used={invocations}
        limit={limits.monthlyInvocations}
        show={(value) => format.number(value)}
      />
      <Bar
        label={words.egress}
        used={egressBytes}
        limit={limits.monthlyEgressBytes}
        show={(value) => format.bytes(value)}
      />
      {isNearlyUsed(use) && <Text size="sm">{words.nearly}</Text>}
    </Stack>
  );
}

interface BarProps {
  readonly label: string;
  readonly used: number;
  readonly limit: number | null | undefined;
  readonly show: (value: number) => string;
}

function Bar({ label, used, limit, show }: BarProps) {
  if (limit == null) {
    return (
      <div className="Quota-line">
        <span>{label}</span>
        <Text as="span" size="sm" tone="muted">
          {words.noLimit(show(used))}
        </Text>
      </div>
    );
  }
  const share = limit === 0 ? 1 : used / limit;
  return (
    <Progress
      label={label}
      value={Math.min(share, 1) * 100}
      valueLabel={words.of(show(used), show(limit))}
      tone={share >= 1 ? 'danger' : share >= 0.8 ? 'warning' : 'accent'}
    />
  );
}
