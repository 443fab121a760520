import { Alert, Card, Code, Grid, KeyValueList, Stack, Text } from '@alga/ui-kit';
import { useVersion } from '../../api/catalogue.ts';
import { useExecution } from '../../api/executions.ts';
import type { ExecutionDetails } from '../../api/types.ts';
import { Hash } from '../../common/Hash.tsx';
import { Loaded } from '../../common/Loaded.tsx';
import { Page } from '../../common/Page.tsx';
import { useFormat } from '../../common/useFormat.ts';
import { When } from '../../common/When.tsx';
import { linkTo } from '../../routing/route.ts';
import { texts } from '../../texts.ts';
import { LogLines } from './LogLines.tsx';
import { StatusBadge } from './StatusBadge.tsx';
import { own } from '../../common/own.ts';

const words = texts.executions;

/** One execution: how it ended, what it used, and what it logged. */
export function ExecutionPage({
  name,
  executionId,
}: {
  readonly name: string;
  readonly executionId: string;
}) {
  const query = useExecution(name, executionId);
  const execution = query.data;
  const version = useVersion(name, execution?.version);
  return (
    <Page
      title={execution === undefined ? words.one : `${execution.method} ${execution.endpoint}`}
      badge={execution && <StatusBadge execution={execution} />}
      trail={[
        { label: texts.installed.title, href: linkTo({ page: 'installed' }) },
        {
          label: version.data?.manifest.displayName ?? name,
          href: linkTo({ page: 'installation', name, tab: 'overview' }),
        },
        { label: words.title, href: linkTo({ page: 'installation', name, tab: 'executions' }) },
      ]}
    >
      <Loaded query={query}>{(loaded) => <Details execution={loaded} />}</Loaded>
    </Page>
  );
}

function Details({ execution }: { readonly execution: ExecutionDetails }) {
  const format = useFormat();
  const facts = words.facts;
  const { code, traceId, fuel } = execution;
  return (
    <Stack gap={4}>
      {code != null && (
        <Alert tone={execution.status >= 500 ? 'danger' : 'warning'} title={code}>
          {own(words.codes, code)}
        </Alert>
      )}
      <Card title={words.log} description={words.logDescription} headingLevel={2}>
        {execution.logs.length === 0 ? (
          <Text tone="muted">{words.noLog}</Text>
        ) : (
          <LogLines lines={execution.logs} />
        )}
      </Card>
      <Grid minColumnWidth="22rem">
        <Card title={words.one} headingLevel={2}>
          <KeyValueList
            items={[
              { label: facts.started, value: <When at={execution.startedAt} isExact /> },
              { label: facts.request, value: <Code>{`${execution.method} ${execution.endpoint}`}</Code> },
              { label: facts.user, value: execution.userId ?? words.noUser },
              { label: facts.version, value: execution.version },
              { label: facts.requestId, value: <Hash value={execution.requestId} /> },
              ...(traceId == null ? [] : [{ label: facts.traceId, value: <Hash value={traceId} /> }]),
            ]}
          />
        </Card>
        <Card title={texts.usage.title} headingLevel={2}>
          <KeyValueList
            items={[
              { label: facts.duration, value: format.duration(execution.durationUs) },
              { label: facts.queue, value: format.duration(execution.queueUs) },
              {
                label: facts.memory,
                value: orNotCounted(execution.memoryBytes, (bytes) => format.bytes(bytes)),
              },
              { label: facts.egress, value: format.bytes(execution.egressBytes) },
              { label: facts.fuel, value: orNotCounted(fuel, format.number) },
            ]}
          />
        </Card>
      </Grid>
    </Stack>
  );
}

// The runner writes 0 for what it does not count.
const orNotCounted = (figure: number, format: (figure: number) => string) =>
  figure === 0 ? words.notCounted : format(figure);
