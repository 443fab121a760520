import { ButtonLink, Card, Grid, Skeleton, StatTile } from '@alga/ui-kit';
import { useUsage } from '../../api/executions.ts';
import { Loaded } from '../../common/Loaded.tsx';
import { useFormat } from '../../common/useFormat.ts';
import { linkTo } from '../../routing/route.ts';
import { texts } from '../../texts.ts';

/** The last 30 days in four figures. */
export function RecentUsage({ name }: { readonly name: string }) {
  const format = useFormat();
  const usage = useUsage(name, 'day');
  const words = texts.installation;
  return (
    <Card
      title={words.recent}
      headingLevel={2}
      actions={
        <ButtonLink size="sm" variant="ghost" href={linkTo({ page: 'installation', name, tab: 'usage' })}>
          {words.seeUsage}
        </ButtonLink>
      }
    >
      <Loaded query={usage} placeholder={<Skeleton shape="box" height="5rem" />}>
        {({ totals }) => (
          <Grid minColumnWidth="9rem">
            <StatTile label={words.requests} value={format.number(totals.invocations)} />
            <StatTile
              label={words.errors}
              value={format.number(totals.errors)}
              {...(totals.invocations === 0
                ? {}
                : { hint: words.errorRate(format.percent(totals.errors / totals.invocations)) })}
            />
            <StatTile label={words.p95} value={totals.p95Us === null ? '–' : format.duration(totals.p95Us)} />
            <StatTile label={words.egress} value={format.bytes(totals.egressBytes)} />
          </Grid>
        )}
      </Loaded>
    </Card>
  );
}
