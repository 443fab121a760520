import { Badge, ButtonLink, Card, Link, Skeleton, Text } from '@alga/ui-kit';
import { useExecutions } from '../../api/executions.ts';
import { Loaded } from '../../common/Loaded.tsx';
import { When } from '../../common/When.tsx';
import { linkTo } from '../../routing/route.ts';
import { texts } from '../../texts.ts';
import { NO_FILTER } from '../executions/filter.ts';

/** The last few failures, one step away from their logs. */
export function RecentErrors({ name }: { readonly name: string }) {
  const failures = useExecutions(name, { ...NO_FILTER, status: '5xx' }, undefined);
  const words = texts.installation;
  return (
    <Card
      title={words.recentErrors}
      headingLevel={2}
      actions={
        <ButtonLink
          size="sm"
          variant="ghost"
          href={linkTo({ page: 'installation', name, tab: 'executions' })}
        >
          {words.seeExecutions}
        </ButtonLink>
      }
    >
      <Loaded query={failures} placeholder={<Skeleton shape="box" height="6rem" />}>
        {({ items }) =>
          items.length === 0 ? (
            <Text tone="muted">{words.noErrors}</Text>
          ) : (
            <ul className="Lines">
              {items.slice(0, 5).map((execution) => (
                <li key={execution.executionId}>
                  <Badge tone="danger">{execution.code ?? execution.status}</Badge>
                  <Link href={linkTo({ page: 'execution', name, executionId: execution.executionId })}>
                    {execution.method} {execution.endpoint}
                  </Link>
                  <Text as="span" size="sm" tone="muted">
                    <When at={execution.startedAt} />
                  </Text>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}
