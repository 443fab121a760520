import { Card, Grid, KeyValueList, Skeleton, Stack } from '@alga/ui-kit';
import { useQuotas } from '../../api/quotas.ts';
import type { QuotaUse } from '../../api/types.ts';
import { Loaded } from '../../common/Loaded.tsx';
import { useFormat } from '../../common/useFormat.ts';
import { texts } from '../../texts.ts';
import { QuotaBars } from './QuotaBars.tsx';

const words = texts.quotas;

/** The limits that hold this month: those of one extension and of the whole tenant, or without a name the tenant's alone. */
export function QuotaCard({ name }: { readonly name?: string }) {
  const format = useFormat();
  const quotas = useQuotas(true);
  return (
    <Card
      title={words.title}
      headingLevel={2}
      {...(quotas.data === undefined
        ? {}
        : { description: words.description(quotas.data.plan, format.utcMonthOfYear(quotas.data.month)) })}
    >
      <Loaded query={quotas} placeholder={<Skeleton shape="box" height="8rem" />}>
        {({ tenant, extensions }) => {
          const own = extensions.find((one) => one.name === name)?.use;
          return (
            <Grid minColumnWidth="18rem">
              {own !== undefined && <Scope title={words.extension} use={own} />}
              <Scope title={words.whole} use={tenant} />
            </Grid>
          );
        }}
      </Loaded>
    </Card>
  );
}

function Scope({ title, use }: { readonly title: string; readonly use: QuotaUse }) {
  const format = useFormat();
  const { requestsPerSecond, concurrency } = use.limits;
  const show = (limit: number | null | undefined) =>
    limit == null ? words.unlimited : format.number(limit, 1);
  return (
    <Stack gap={3}>
      <h3 className="Quota-title">{title}</h3>
      <QuotaBars use={use} />
      <KeyValueList
        items={[
          { label: words.rate, value: show(requestsPerSecond) },
          { label: words.concurrency, value: show(concurrency) },
        ]}
      />
    </Stack>
  );
}
