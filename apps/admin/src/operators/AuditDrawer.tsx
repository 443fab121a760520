import { CodeBlock, Drawer, KeyValueList, Stack, Text } from '@alga/ui-kit';
import type { AuditEntry, Json } from '../api/types.ts';
import { readActor } from '../common/actor.ts';
import { Hash } from '../common/Hash.tsx';
import { When } from '../common/When.tsx';
import { texts } from '../texts.ts';

const words = texts.audit;

/** One entry with the state before and after. */
export function AuditDrawer({
  entry,
  onClose,
}: {
  readonly entry: AuditEntry;
  readonly onClose: () => void;
}) {
  const { name, issuer } = readActor(entry.actor);
  return (
    <Drawer isOpen size="lg" title={words.detailsOf(entry.action, entry.target)} onOpenChange={onClose}>
      <Stack gap={4}>
        <KeyValueList
          items={[
            { label: words.columns.when, value: <When at={entry.at} isExact /> },
            { label: words.columns.who, value: name },
            ...(issuer === null ? [] : [{ label: words.issuer, value: issuer }]),
            { label: words.requestId, value: <Hash value={entry.requestId} /> },
          ]}
        />
        <State title={words.before} state={entry.before} />
        <State title={words.after} state={entry.after} />
      </Stack>
    </Drawer>
  );
}

function State({ title, state }: { readonly title: string; readonly state: Json }) {
  if (state !== null) return <CodeBlock title={title} code={JSON.stringify(state, null, 2)} />;
  return (
    <Text tone="muted">
      {title}: {words.nothing}
    </Text>
  );
}
