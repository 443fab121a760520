import {
  Alert,
  Badge,
  Button,
  ButtonLink,
  Card,
  ConfirmDialog,
  DialogTrigger,
  EmptyState,
  Stack,
} from '@alga/ui-kit';
import { KeyRound } from 'lucide-react';
import { useChangeSecret, useSecrets } from '../../api/installs.ts';
import type { Secret } from '../../api/types.ts';
import { Loaded } from '../../common/Loaded.tsx';
import { orExplain } from '../../common/useAct.ts';
import { useFormat } from '../../common/useFormat.ts';
import { linkTo } from '../../routing/route.ts';
import { texts } from '../../texts.ts';
import type { TabProps } from '../InstallationPage.tsx';
import { SecretDialog } from './SecretDialog.tsx';
import { isSoon, needsValue } from './secretState.ts';

const words = texts.secrets;
const TONES = { valid: 'success', missing: 'warning', expired: 'danger', undeclared: 'neutral' } as const;

/** What secrets the extension wants, and how old their values are. Never a value. */
export function SecretsTab({ install }: TabProps) {
  const secrets = useSecrets(install.name);
  const isUseless = !install.grants.capabilities.includes('secrets.get');
  return (
    <Loaded query={secrets}>
      {(loaded) =>
        loaded.length === 0 ? (
          <EmptyState icon={<KeyRound />} title={words.noneTitle}>
            {words.none}
          </EmptyState>
        ) : (
          <Stack gap={4}>
            {isUseless && (
              <Alert
                tone="warning"
                title={words.notGranted}
                actions={
                  <ButtonLink
                    size="sm"
                    href={linkTo({ page: 'installation', name: install.name, tab: 'permissions' })}
                  >
                    {texts.installation.attention.missingAction}
                  </ButtonLink>
                }
              >
                {words.notGrantedText}
              </Alert>
            )}
            <Card title={words.title} description={words.description} headingLevel={2}>
              <ul className="Rows">
                {loaded.map((secret) => (
                  <SecretRow key={secret.name} install={install.name} secret={secret} />
                ))}
              </ul>
            </Card>
          </Stack>
        )
      }
    </Loaded>
  );
}

function SecretRow({ install, secret }: { readonly install: string; readonly secret: Secret }) {
  const { name, state, description, required } = secret;
  const change = useChangeSecret(install);
  const hasValue = state !== 'missing';
  return (
    <li className="Row">
      <div className="Row-words">
        <span className="Row-title">
          <code>{name}</code>
        </span>
        {description !== undefined && <span className="Row-text">{description}</span>}
        <Age secret={secret} />
      </div>
      <div className="Row-badges">
        <Badge tone={state === 'missing' && !required ? 'neutral' : TONES[state]} hasDot>
          {words.states[state]}
        </Badge>
        {isSoon(secret) && <Badge tone="warning">{words.soon}</Badge>}
        {state !== 'undeclared' && <Badge>{required ? words.required : words.optional}</Badge>}
      </div>
      <div className="Row-actions">
        {state !== 'undeclared' && (
          <DialogTrigger>
            <Button
              size="sm"
              variant={needsValue(secret) ? 'primary' : 'secondary'}
              aria-label={hasValue ? words.replaceNamed(name) : words.setNamed(name)}
            >
              {hasValue ? words.replace : words.set}
            </Button>
            <SecretDialog install={install} secret={secret} />
          </DialogTrigger>
        )}
        {hasValue && (
          <DialogTrigger>
            <Button size="sm" variant="ghost" aria-label={words.deleteNamed(name)}>
              {words.delete}
            </Button>
            <ConfirmDialog
              title={words.deleteTitle(name)}
              confirmLabel={words.delete}
              tone="danger"
              onConfirm={() => orExplain(() => change.mutateAsync({ secret: name }), words.deleted(name))}
            >
              {words.deleteText}
            </ConfirmDialog>
          </DialogTrigger>
        )}
      </div>
    </li>
  );
}

function Age({ secret }: { readonly secret: Secret }) {
  const format = useFormat();
  const { state, createdAt, refusedFrom, version } = secret;
  if (createdAt === undefined) return null;
  const parts = [
    words.age(format.relative(createdAt)),
    ...(version === undefined ? [] : [words.timesSet(version)]),
  ];
  if (state === 'expired' && refusedFrom !== undefined) parts.push(words.expired(format.moment(refusedFrom)));
  else
    parts.push(refusedFrom === undefined ? words.neverExpires : words.expires(format.relative(refusedFrom)));
  return (
    <span className="Row-text" title={format.moment(createdAt)}>
      {parts.join(' · ')}
    </span>
  );
}
