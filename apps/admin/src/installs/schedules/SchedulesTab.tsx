import { Badge, Button, ButtonLink, Card, Code, EmptyState, KeyValueList, Stack, Text } from '@alga/ui-kit';
import { CalendarClock } from 'lucide-react';
import { useChangeSchedule, useSchedules } from '../../api/activity.ts';
import type { Schedule } from '../../api/types.ts';
import { readActor } from '../../common/actor.ts';
import { Loaded } from '../../common/Loaded.tsx';
import { useAct } from '../../common/useAct.ts';
import { useFormat } from '../../common/useFormat.ts';
import { When } from '../../common/When.tsx';
import { linkTo } from '../../routing/route.ts';
import { texts } from '../../texts.ts';
import type { TabProps } from '../InstallationPage.tsx';

const words = texts.schedules;

/** What the extension does by the clock, with pause and resume. */
export function SchedulesTab({ install }: TabProps) {
  const schedules = useSchedules(install.name);
  return (
    <Stack gap={4}>
      <Text tone="muted">{words.description}</Text>
      <Loaded query={schedules}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState icon={<CalendarClock />} title={words.noneTitle}>
              {words.none}
            </EmptyState>
          ) : (
            <Stack gap={4}>
              {items.map((schedule) => (
                <ScheduleCard key={schedule.name} install={install.name} schedule={schedule} />
              ))}
            </Stack>
          )
        }
      </Loaded>
    </Stack>
  );
}

function ScheduleCard({ install, schedule }: { readonly install: string; readonly schedule: Schedule }) {
  const change = useChangeSchedule(install);
  const act = useAct();
  const format = useFormat();
  const { name, endpoint, topic, pausedAt, pausedBy, nextRunAt, lastRunAt, lastSkippedAt } = schedule;
  const isPaused = pausedAt !== null;
  const moment = (at: string | null, none: string) => (at === null ? none : <When at={at} isExact />);
  const set = (action: 'pause' | 'resume', done: string) =>
    void act(() => change.mutateAsync({ schedule: name, action }), done);
  return (
    <Card
      title={name}
      description={endpoint === null ? words.handles(topic ?? '') : words.calls(endpoint)}
      headingLevel={2}
      actions={
        <Stack direction="row" gap={2} wrap>
          <Badge tone={isPaused ? 'warning' : 'success'} hasDot>
            {isPaused ? words.paused : words.active}
          </Badge>
          {isPaused ? (
            <Button
              size="sm"
              variant="primary"
              aria-label={words.resumeNamed(name)}
              isPending={change.isPending}
              onPress={() => {
                set('resume', words.resumed(name));
              }}
            >
              {words.resume}
            </Button>
          ) : (
            <Button
              size="sm"
              aria-label={words.pauseNamed(name)}
              isPending={change.isPending}
              onPress={() => {
                set('pause', words.pausedNow(name));
              }}
            >
              {words.pause}
            </Button>
          )}
        </Stack>
      }
      footer={
        <ButtonLink
          size="sm"
          variant="ghost"
          href={linkTo({ page: 'installation', name: install, tab: 'events' })}
        >
          {words.seeRuns}
        </ButtonLink>
      }
    >
      <Stack gap={3}>
        {pausedAt !== null && (
          <Text size="sm" tone="muted">
            {words.pausedBy(
              pausedBy === null ? texts.app.unknown : readActor(pausedBy).name,
              format.moment(pausedAt),
            )}
          </Text>
        )}
        <KeyValueList
          items={[
            {
              label: words.rule,
              value: (
                <>
                  <Code>{schedule.cron}</Code> {words.zone(schedule.timeZone)}.{' '}
                  {words.missed[schedule.missedRuns]}.
                </>
              ),
            },
            { label: words.next, value: moment(nextRunAt, words.notRunning) },
            { label: words.last, value: moment(lastRunAt, texts.app.never) },
            { label: words.skipped, value: moment(lastSkippedAt, texts.app.never) },
          ]}
        />
      </Stack>
    </Card>
  );
}
