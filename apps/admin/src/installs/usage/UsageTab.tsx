import { Card, Chart, EmptyState, Grid, SegmentedControl, Stack, StatTile, Text } from '@alga/ui-kit';
import { ChartNoAxesColumn } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useUsage } from '../../api/executions.ts';
import type { Usage } from '../../api/types.ts';
import { Loaded } from '../../common/Loaded.tsx';
import { useFormat } from '../../common/useFormat.ts';
import { texts } from '../../texts.ts';
import type { TabProps } from '../InstallationPage.tsx';
import { fillGaps } from './fillGaps.ts';
import { QuotaCard } from './QuotaCard.tsx';

const words = texts.usage;

/** What the extension used, by day or month. */
export function UsageTab({ install }: TabProps) {
  const [period, setPeriod] = useState<'day' | 'month'>('day');
  const usage = useUsage(install.name, period);
  return (
    <Stack gap={4}>
      <QuotaCard name={install.name} />
      <SegmentedControl
        label={words.period}
        segments={[
          { id: 'day', label: words.day },
          { id: 'month', label: words.month },
        ]}
        value={period}
        onChange={setPeriod}
      />
      <Loaded query={usage}>{(loaded) => <Figures usage={loaded} />}</Loaded>
    </Stack>
  );
}

function Figures({ usage }: { readonly usage: Usage }) {
  const format = useFormat();
  const { totals, period } = usage;
  const items = useMemo(() => fillGaps(usage), [usage]);
  const labels = items.map(({ startsOn }) =>
    period === 'day' ? format.utcDay(startsOn) : format.utcMonth(startsOn),
  );
  const shared = { labels, labelHeader: period === 'day' ? words.dayHeader : words.monthHeader };
  if (totals.invocations === 0) {
    return (
      <EmptyState icon={<ChartNoAxesColumn />} title={words.emptyTitle}>
        {words.empty}
      </EmptyState>
    );
  }
  return (
    <Stack gap={4}>
      <Grid minColumnWidth="10rem">
        <StatTile label={words.total} value={format.number(totals.invocations)} />
        <StatTile
          label={words.errors}
          value={format.number(totals.errors)}
          hint={texts.installation.errorRate(format.percent(totals.errors / totals.invocations))}
        />
        <StatTile label={words.p95} value={totals.p95Us === null ? '–' : format.duration(totals.p95Us)} />
        <StatTile label={words.egress} value={format.bytes(totals.egressBytes)} />
        {totals.memoryBytesPeak > 0 && (
          <StatTile label={words.memory} value={format.bytes(totals.memoryBytesPeak)} />
        )}
      </Grid>
      <Card>
        <Chart
          {...shared}
          kind="bar"
          title={words.requestsChart}
          description={words.requestsText}
          series={[
            { name: words.total, values: items.map(({ figures }) => figures?.invocations ?? 0) },
            { name: words.errors, values: items.map(({ figures }) => figures?.errors ?? 0) },
          ]}
        />
      </Card>
      <Grid minColumnWidth="24rem">
        <Card>
          <Chart
            {...shared}
            kind="line"
            title={words.timesChart}
            description={words.timesText}
            formatValue={(us) => format.duration(us)}
            series={[
              { name: words.p50, values: items.map(({ figures }) => figures?.p50Us ?? null) },
              { name: words.p95Series, values: items.map(({ figures }) => figures?.p95Us ?? null) },
              { name: words.p99, values: items.map(({ figures }) => figures?.p99Us ?? null) },
            ]}
          />
        </Card>
        <Card>
          <Chart
            {...shared}
            kind="bar"
            title={words.egressChart}
            formatValue={(bytes) => format.bytes(bytes)}
            series={[
              { name: words.egressChart, values: items.map(({ figures }) => figures?.egressBytes ?? 0) },
            ]}
          />
        </Card>
      </Grid>
      <Text size="sm" tone="muted">
        {words.utc(usage.from, usage.to)}
      </Text>
    </Stack>
  );
}
