import { Alert, Badge, Button, CodeBlock, Drawer, Heading, KeyValueList, Stack, Text } from '@alga/ui-kit';
import { useDelivery, useRedeliver } from '../../api/activity.ts';
import type { DeliveryAttempt, DeliveryDetails } from '../../api/types.ts';
import { Hash } from '../../common/Hash.tsx';
import { Loaded } from '../../common/Loaded.tsx';
import { own } from '../../common/own.ts';
import { useAct } from '../../common/useAct.ts';
import { When } from '../../common/When.tsx';
import { texts } from '../../texts.ts';
import { DeliveryBadge } from './DeliveryBadge.tsx';

const words = texts.events;

/** Props of {@link DeliveryDrawer}. */
export interface DeliveryDrawerProps {
  readonly name: string;
  readonly deliveryId: string;
  readonly onClose: () => void;
}

/** One delivery: what it carries, how its attempts ended, and the way to try it again. */
export function DeliveryDrawer({ name, deliveryId, onClose }: DeliveryDrawerProps) {
  const query = useDelivery(name, deliveryId);
  return (
    <Drawer isOpen size="lg" title={query.data?.topic ?? words.one} onOpenChange={onClose}>
      <Loaded query={query}>{(delivery) => <Details name={name} delivery={delivery} />}</Loaded>
    </Drawer>
  );
}

function Details({ name, delivery }: { readonly name: string; readonly delivery: DeliveryDetails }) {
  const redeliver = useRedeliver(name);
  const act = useAct();
  return (
    <Stack gap={4}>
      {delivery.status === 'dead' && (
        <Alert
          tone="danger"
          title={words.deadTitle}
          actions={
            <Button
              size="sm"
              isPending={redeliver.isPending}
              onPress={() => void act(() => redeliver.mutateAsync(delivery.deliveryId), words.redelivered)}
            >
              {words.redeliver}
            </Button>
          }
        >
          {words.deadText}
        </Alert>
      )}
      {delivery.status === 'dropped' && <Alert>{words.droppedText}</Alert>}
      <KeyValueList
        items={[
          { label: words.status, value: <DeliveryBadge status={delivery.status} /> },
          { label: words.event, value: <Hash value={delivery.eventId} /> },
          ...(delivery.key === '' ? [] : [{ label: words.key, value: delivery.key }]),
          { label: words.occurred, value: <When at={delivery.occurredAt} isExact /> },
          ...(delivery.nextAttemptAt === null
            ? []
            : [{ label: words.columns.next, value: <When at={delivery.nextAttemptAt} isExact /> }]),
          ...(delivery.finishedAt === null
            ? []
            : [{ label: words.finished, value: <When at={delivery.finishedAt} isExact /> }]),
        ]}
      />
      <Heading level={3}>{words.log}</Heading>
      {delivery.log.length === 0 ? (
        <Text tone="muted">{words.noAttempts}</Text>
      ) : (
        <ul className="Lines">
          {delivery.log.map((attempt) => (
            <Attempt key={`${attempt.attempt} ${attempt.at}`} attempt={attempt} />
          ))}
        </ul>
      )}
      <CodeBlock title={words.payload} code={JSON.stringify(delivery.payload, null, 2)} />
    </Stack>
  );
}

function Attempt({ attempt }: { readonly attempt: DeliveryAttempt }) {
  const { status, code } = attempt;
  const isGood = code === null && status !== null && status < 300;
  return (
    <li>
      <Badge tone={isGood ? 'success' : 'danger'}>{code ?? status ?? texts.app.unknown}</Badge>
      <span>{words.attempt(attempt.attempt)}</span>
      <Text as="span" size="sm" tone="muted">
        <When at={attempt.at} isExact />
      </Text>
      {code !== null && own(texts.executions.codes, code) !== undefined && (
        <Text as="span" size="sm" tone="muted">
          {own(texts.executions.codes, code)}
        </Text>
      )}
    </li>
  );
}
