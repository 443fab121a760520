import { Alert, Button, Card, Link, Spinner, Stack, Text } from '@alga/ui-kit';
import type { ExecutionDetails } from '../../api/types.ts';
import { ProblemAlert } from '../../common/ProblemAlert.tsx';
import { useFormat } from '../../common/useFormat.ts';
import { linkTo } from '../../routing/route.ts';
import { texts } from '../../texts.ts';
import { LogLines } from './LogLines.tsx';
import { StatusBadge } from './StatusBadge.tsx';
import type { Tail } from './useTail.ts';

const words = texts.executions.live;

/** Props of {@link LiveTail}. */
export interface LiveTailProps {
  readonly name: string;
  readonly tail: Tail;
  readonly onStart: () => void;
  readonly onStop: () => void;
}

/** Executions as they are written, with what they logged. */
export function LiveTail({ name, tail, onStart, onStop }: LiveTailProps) {
  const isOver = tail.state === 'ended' || tail.state === 'failed';
  return (
    <Card
      title={words.title}
      description={words.description}
      headingLevel={2}
      actions={
        <Stack direction="row" gap={2}>
          {isOver && (
            <Button size="sm" onPress={onStart}>
              {words.again}
            </Button>
          )}
          <Button size="sm" onPress={onStop}>
            {words.stop}
          </Button>
        </Stack>
      }
    >
      <Stack gap={3}>
        <StateLine tail={tail} />
        {tail.state === 'failed' && <ProblemAlert error={tail.error} />}
        {tail.skipped > 0 && <Alert tone="warning">{words.skipped(tail.skipped)}</Alert>}
        {tail.executions.length > 0 && (
          <div className="Tail" role="log" aria-label={words.title} tabIndex={0}>
            <ol>
              {tail.executions.map((execution) => (
                <Entry key={execution.executionId} name={name} execution={execution} />
              ))}
            </ol>
          </div>
        )}
      </Stack>
    </Card>
  );
}

function StateLine({ tail }: { readonly tail: Tail }) {
  const format = useFormat();
  const text = {
    off: '',
    connecting: words.connecting,
    watching: tail.endsAt === null ? words.connecting : words.watching(format.time(tail.endsAt)),
    reconnecting: words.reconnecting,
    ended: words.ended,
    failed: words.failed,
  }[tail.state];
  const isBusy = ['connecting', 'watching', 'reconnecting'].includes(tail.state);
  return (
    <div className="Tail-state">
      {isBusy && <Spinner size="sm" label={words.title} />}
      <Text as="span" size="sm" tone="muted">
        <span role="status">{text}</span>
      </Text>
    </div>
  );
}

function Entry({ name, execution }: { readonly name: string; readonly execution: ExecutionDetails }) {
  const format = useFormat();
  return (
    <li className="Tail-entry">
      <div className="Tail-head">
        <time dateTime={execution.startedAt}>{format.time(execution.startedAt)}</time>
        <StatusBadge execution={execution} />
        <Link href={linkTo({ page: 'execution', name, executionId: execution.executionId })}>
          <code>
            {execution.method} {execution.endpoint}
          </code>
        </Link>
        <Text as="span" size="sm" tone="muted">
          {[format.duration(execution.durationUs), execution.userId ?? texts.executions.noUser].join(' · ')}
        </Text>
      </div>
      {execution.logs.length > 0 && <LogLines lines={execution.logs} />}
    </li>
  );
}
