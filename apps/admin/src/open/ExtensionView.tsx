import {
  buildExtUiSrc,
  extUiOrigin,
  type FramePermission,
  type FrameState,
  type HostTheme,
  type ToastRequest,
} from '@alga/host-bridge';
import { ExtensionFrame } from '@alga/host-bridge/react';
import { Button, EmptyState, Skeleton, toast, useLocale, useTheme } from '@alga/ui-kit';
import { CloudOff } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Install } from '../api/types.ts';
import { goTo } from '../routing/useRoute.ts';
import { useSession } from '../session/SessionContext.ts';
import { texts } from '../texts.ts';
import { FrameQuestion, useQuestions } from './FrameQuestion.tsx';
import { readTokens } from './tokens.ts';

// No `token`: extensions call their endpoints through this page.
const PERMISSIONS: readonly FramePermission[] = ['api', 'navigate', 'toast', 'confirm'];
const TONES = { success: 'success', info: 'info', warning: 'warning', error: 'danger' } as const;

/** Props of {@link ExtensionView}. */
export interface ExtensionViewProps {
  readonly install: Install;
  readonly title: string;
  /** The manifest's `ui.entry`. */
  readonly entry: string;
  /** The place inside the extension's page. */
  readonly path: string;
}

/** An extension's page in its frame, with what is shown while it loads and when it does not. */
export function ExtensionView({ install, title, entry, path }: ExtensionViewProps) {
  const { config, person, accessToken } = useSession();
  const { theme } = useTheme();
  const { locale } = useLocale();
  const [state, setState] = useState<FrameState>('loading');
  const [attempt, setAttempt] = useState(0);
  const [question, ask] = useQuestions();
  const tokens = useMemo<HostTheme['tokens']>(() => readTokens(theme), [theme]);
  const { name: extensionId, contentHash, installId } = install;

  const onToast = ({ kind, message }: ToastRequest) => {
    toast[TONES[kind]](message, { description: texts.open.says(title), timeout: 8000 });
  };

  return (
    <div className="Extension">
      {state === 'loading' && (
        <div className="Extension-cover" role="status" aria-label={texts.open.loading(title)}>
          <Skeleton shape="box" height="100%" />
        </div>
      )}
      {state === 'failed' && (
        <EmptyState
          icon={<CloudOff />}
          title={texts.open.failed(title)}
          actions={
            <Button
              onPress={() => {
                setState('loading');
                setAttempt(attempt + 1);
              }}
            >
              {texts.app.tryAgain}
            </Button>
          }
        >
          {texts.open.failedText}
        </EmptyState>
      )}
      <ExtensionFrame
        key={attempt}
        className={state === 'failed' ? 'Extension-frame Extension-failed' : 'Extension-frame'}
        title={title}
        src={buildExtUiSrc({ runnerPublicBase: config.runnerPublicBase, extensionId, contentHash, entry })}
        extensionId={extensionId}
        contentHash={contentHash}
        allowedOrigin={extUiOrigin(config.runnerPublicBase, contentHash)}
        path={path}
        themeTokens={tokens}
        colorScheme={theme}
        permissions={PERMISSIONS}
        context={{
          installId,
          ...(person.tenantId === undefined ? {} : { tenantId: person.tenantId }),
          user: {
            id: person.id,
            name: person.name,
            ...(person.email === undefined ? {} : { email: person.email }),
          },
          locale,
        }}
        api={{ baseUrl: `${config.gatewayBase}/ext/${extensionId}`, accessToken }}
        onNavigate={(to) => {
          goTo({ page: 'open', name: extensionId, path: to });
        }}
        onToast={onToast}
        confirm={ask}
        onStateChange={setState}
        onRefused={({ code, detail }) => {
          console.warn(`${extensionId}: ${code}, ${detail}`);
        }}
      />
      {question !== undefined && <FrameQuestion from={title} asked={question} />}
    </div>
  );
}
