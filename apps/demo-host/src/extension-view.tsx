import {
  buildExtUiSrc,
  extUiOrigin,
  type ConfirmRequest,
  type FramePermission,
  type FrameState,
  type HostTheme,
  type ToastRequest,
} from '@alga/host-bridge';
import { ExtensionFrame } from '@alga/host-bridge/react';
import { useState } from 'react';
import type { Access } from './access.ts';
import type { DemoConfig } from './config.ts';
import { issueToken, type OfferedExtension } from './gateway.ts';
import { goTo } from './place.ts';

const PERMISSIONS: readonly FramePermission[] = ['api', 'navigate', 'toast', 'confirm', 'token'];

/** Props of {@link ExtensionView}. */
export interface ExtensionViewProps {
  readonly config: DemoConfig;
  readonly access: Access;
  readonly extension: OfferedExtension;
  readonly path: string;
  readonly theme: HostTheme;
  readonly onToast: (toast: ToastRequest) => void;
  readonly confirm: (question: ConfirmRequest, signal: AbortSignal) => Promise<boolean>;
}

/** An extension's UI, with what the user sees while it loads or when it does not. */
export function ExtensionView(props: ExtensionViewProps) {
  const { config, access, extension, path, theme, onToast, confirm } = props;
  const { extensionId, contentHash, entry, hosts, installId, title } = extension;
  const [state, setState] = useState<FrameState>('loading');
  const [attempt, setAttempt] = useState(0);

  return (
    <div className="extension">
      {state === 'loading' && <p className="note">Loading {title} …</p>}
      {state === 'failed' && (
        <p className="note" role="alert">
          {title} does not answer.{' '}
          <button
            type="button"
            onClick={() => {
              setAttempt(attempt + 1);
            }}
          >
            Try again
          </button>
        </p>
      )}
      <ExtensionFrame
        key={attempt}
        className={state}
        title={title}
        src={buildExtUiSrc({
          runnerPublicBase: config.runnerPublicBase,
          extensionId,
          contentHash,
          entry,
          hosts,
        })}
        extensionId={extensionId}
        contentHash={contentHash}
        allowedOrigin={extUiOrigin(config.runnerPublicBase, contentHash)}
        path={path}
        themeTokens={theme.tokens}
        colorScheme={theme.colorScheme}
        permissions={PERMISSIONS}
        context={{
          ...access.context,
          installId,
          locale: navigator.language,
        }}
        api={{ baseUrl: `${config.gatewayBase}/ext/${extensionId}`, accessToken: access.token }}
        onNavigate={(to) => {
          goTo({ extensionId, path: to });
        }}
        onToast={onToast}
        confirm={confirm}
        issueToken={() => issueToken(config, access, extensionId)}
        onStateChange={setState}
        onRefused={({ code, detail }) => {
          console.warn(`${extensionId}: ${code}, ${detail}`);
        }}
      />
    </div>
  );
}
