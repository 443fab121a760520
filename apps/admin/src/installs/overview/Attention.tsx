import { Alert, Button, ButtonLink, Stack, type Tone } from '@alga/ui-kit';
import type { ReactNode } from 'react';
import { useChangeInstall, useSecrets } from '../../api/installs.ts';
import type { Secret } from '../../api/types.ts';
import { countOf } from '../../common/permissions.ts';
import { useAct } from '../../common/useAct.ts';
import { linkTo, type InstallTab } from '../../routing/route.ts';
import { useRights } from '../../session/SessionContext.ts';
import { texts } from '../../texts.ts';
import { isSoon, needsValue } from '../secrets/secretState.ts';
import type { TabProps } from '../InstallationPage.tsx';

/** What somebody should look at, the most pressing first. */
export function Attention({ install, version }: TabProps) {
  const { isAdmin } = useRights();
  const words = texts.installation.attention;
  const { name, pending, rollout, availableVersion } = install;
  const to = (tab: InstallTab, label: string) =>
    isAdmin && (
      <ButtonLink size="sm" href={linkTo({ page: 'installation', name, tab })}>
        {label}
      </ButtonLink>
    );

  return (
    <Stack gap={2}>
      {install.status === 'disabled' && (
        <Notice
          tone="warning"
          title={words.disabled}
          action={isAdmin && <EnableButton name={name} title={version.manifest.displayName} />}
        >
          {words.disabledText}
        </Notice>
      )}
      {pending !== null && (
        <Notice tone="warning" title={words.pending(pending.version)} action={to('versions', words.review)}>
          {words.pendingText}
        </Notice>
      )}
      {version.revoked !== null && (
        <Notice tone="danger" title={words.revoked} action={to('versions', words.updateAction)}>
          {`${version.revoked.reason} ${words.revokedText}`}
        </Notice>
      )}
      {version.yanked !== null && (
        <Notice tone="warning" title={words.yanked} action={to('versions', words.updateAction)}>
          {`${version.yanked.reason} ${words.yankedText}`}
        </Notice>
      )}
      {version.deprecated !== null && (
        <Notice tone="warning" title={words.deprecated}>
          {version.deprecated.message}
        </Notice>
      )}
      {isAdmin && <SecretNotices name={name} action={to('secrets', words.secretsAction)} />}
      {rollout !== null && (
        <Notice
          tone="info"
          title={words.rollout(rollout.version, rollout.percent)}
          action={to('versions', words.rolloutAction)}
        />
      )}
      {pending === null && rollout === null && availableVersion !== null && (
        <Notice
          tone="info"
          title={words.update(availableVersion)}
          action={to('versions', words.updateAction)}
        />
      )}
      {countOf(install.missing) > 0 && (
        <Notice tone="info" title={words.missing} action={to('permissions', words.missingAction)} />
      )}
    </Stack>
  );
}

interface NoticeProps {
  readonly tone: Tone;
  readonly title: string;
  readonly action?: ReactNode;
  readonly children?: string;
}

function Notice({ tone, title, action, children }: NoticeProps) {
  return (
    <Alert tone={tone} title={title} {...(action ? { actions: action } : {})}>
      {children}
    </Alert>
  );
}

function EnableButton({ name, title }: { readonly name: string; readonly title: string }) {
  const change = useChangeInstall(name);
  const act = useAct();
  return (
    <Button
      size="sm"
      isPending={change.isPending}
      onPress={() =>
        void act(
          () => change.mutateAsync({ route: '/enable', optimistic: { status: 'enabled' } }),
          texts.danger.enabled(title),
        )
      }
    >
      {texts.installation.attention.enable}
    </Button>
  );
}

function SecretNotices({ name, action }: { readonly name: string; readonly action: ReactNode }) {
  const secrets = useSecrets(name).data ?? [];
  const words = texts.installation.attention;
  const names = (fits: (secret: Secret) => boolean) => secrets.filter(fits).map((secret) => secret.name);
  const missing = names(needsValue);
  const soon = names(isSoon);
  return (
    <>
      {missing.length > 0 && <Notice tone="danger" title={words.secrets(missing)} action={action} />}
      {soon.length > 0 && <Notice tone="warning" title={words.secretsSoon(soon)} action={action} />}
    </>
  );
}
