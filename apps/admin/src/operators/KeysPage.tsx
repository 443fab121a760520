import {
  Badge,
  Button,
  ConfirmDialog,
  DialogTrigger,
  EmptyState,
  SegmentedControl,
  Stack,
  Text,
} from '@alga/ui-kit';
import { KeyRound } from 'lucide-react';
import { useEndKey, usePublisherKeys } from '../api/operators.ts';
import type { PublisherKey } from '../api/types.ts';
import { Hash } from '../common/Hash.tsx';
import { Loaded } from '../common/Loaded.tsx';
import { Page } from '../common/Page.tsx';
import { orExplain } from '../common/useAct.ts';
import { useFormat } from '../common/useFormat.ts';
import { goTo } from '../routing/useRoute.ts';
import { useRights } from '../session/SessionContext.ts';
import { texts } from '../texts.ts';
import { CompromiseDialog } from './CompromiseDialog.tsx';
import { NameForm } from './NameForm.tsx';

const words = texts.keys;
const TONES = { active: 'success', retired: 'neutral', compromised: 'danger' } as const;

/** Keys of a publisher: an operator names one, a publisher sees their own. */
export function KeysPage({ publisher }: { readonly publisher: string | undefined }) {
  const { isOperator, publishers } = useRights();
  const shown = publisher ?? publishers[0] ?? '';
  const show = (name: string) => {
    goTo({ page: 'keys', publisher: name });
  };
  return (
    <Page title={words.title} description={words.description}>
      <Stack gap={4}>
        {isOperator ? (
          <NameForm label={words.publisher} action={words.show} value={shown} onSubmit={show} />
        ) : (
          publishers.length > 1 && (
            <SegmentedControl
              label={words.publisher}
              segments={publishers.map((name) => ({ id: name, label: name }))}
              value={shown}
              onChange={show}
            />
          )
        )}
        {shown === '' ? <EmptyState icon={<KeyRound />} title={words.choose} /> : <Keys publisher={shown} />}
        <Text size="sm" tone="muted">
          {words.add}
        </Text>
      </Stack>
    </Page>
  );
}

function Keys({ publisher }: { readonly publisher: string }) {
  const keys = usePublisherKeys(publisher);
  return (
    <Loaded query={keys}>
      {(loaded) =>
        loaded.length === 0 ? (
          <EmptyState icon={<KeyRound />} title={words.emptyTitle}>
            {words.empty}
          </EmptyState>
        ) : (
          <ul className="Rows">
            {loaded.map((key) => (
              <KeyRow key={key.keyId} publisher={publisher} publisherKey={key} />
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

function KeyRow({
  publisher,
  publisherKey,
}: {
  readonly publisher: string;
  readonly publisherKey: PublisherKey;
}) {
  const format = useFormat();
  const { keyId, status, source, since } = publisherKey;
  const end = useEndKey(publisher);
  const short = keyId.slice(0, 12);
  const day = (at: string | null) => (at === null ? null : format.day(at));
  return (
    <li className="Row">
      <div className="Row-words">
        <Hash value={keyId} />
        <span className="Row-text">
          {[
            words.sources[source],
            words.validity(day(publisherKey.notBefore), day(publisherKey.notAfter)),
            since === null ? '' : `${words.states[status]} ${words.since(format.moment(since))}`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      <div className="Row-badges">
        <Badge tone={TONES[status]} hasDot>
          {words.states[status]}
        </Badge>
      </div>
      <div className="Row-actions">
        {status === 'active' && (
          <DialogTrigger>
            <Button size="sm" aria-label={words.retireNamed(short)}>
              {words.retire}
            </Button>
            <ConfirmDialog
              title={words.retireTitle}
              confirmLabel={words.retire}
              onConfirm={() => orExplain(() => end.mutateAsync({ keyId }), words.retired)}
            >
              {words.retireText}
            </ConfirmDialog>
          </DialogTrigger>
        )}
        <DialogTrigger>
          <Button size="sm" variant="ghost" aria-label={words.compromiseNamed(short)}>
            {words.compromise}
          </Button>
          <CompromiseDialog publisher={publisher} keyId={keyId} />
        </DialogTrigger>
      </div>
    </li>
  );
}
