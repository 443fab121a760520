import { useEffect, useState } from 'react';
import { type Access, openAccess, remember, remembered, type SignIn as Choice } from './access.ts';
import type { DemoConfig } from './config.ts';
import { ConfirmDialog, useConfirm } from './confirm-dialog.tsx';
import { ExtensionView } from './extension-view.tsx';
import { linkTo, parsePlace, useHash } from './place.ts';
import { SignIn } from './sign-in.tsx';
import { applyTheme, preferredScheme, THEMES } from './theme.ts';
import { Toasts, useToasts } from './toasts.tsx';
import { useFollowedConfig } from './use-followed-config.ts';

/** The host application. */
export function App({ config }: { readonly config: DemoConfig }) {
  const [choice, setChoice] = useState(remembered);
  const [access, setAccess] = useState<Access>();
  const [error, setError] = useState<string>();

  useEffect(() => {
    if (choice === undefined) return undefined;
    let isCurrent = true;
    openAccess(config, choice).then(
      (opened) => {
        if (!isCurrent) return;
        setError(undefined);
        setAccess(opened);
      },
      (reason: unknown) => {
        if (!isCurrent) return;
        remember(undefined);
        setChoice(undefined);
        setError(reason instanceof Error ? reason.message : String(reason));
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [config, choice]);

  const signIn = (chosen: Choice | undefined) => {
    remember(chosen);
    setAccess(undefined);
    setChoice(chosen);
  };

  if (choice === undefined) return <SignIn users={config.users ?? []} error={error} onSignIn={signIn} />;
  if (access === undefined) return <p className="note">Signing in …</p>;
  return (
    <Workplace
      config={config}
      access={access}
      onSignOut={() => {
        signIn(undefined);
      }}
    />
  );
}

interface WorkplaceProps {
  readonly config: DemoConfig;
  readonly access: Access;
  readonly onSignOut: () => void;
}

function Workplace({ config: first, access, onSignOut }: WorkplaceProps) {
  const config = useFollowedConfig(first);
  const place = parsePlace(useHash());
  const extension = config.extensions.find(({ extensionId }) => extensionId === place?.extensionId);
  const [scheme, setScheme] = useState(preferredScheme);
  const [toasts, addToast] = useToasts();
  const [asked, ask] = useConfirm();

  useEffect(() => {
    applyTheme(THEMES[scheme]);
  }, [scheme]);

  return (
    <>
      <header>
        <strong>Demo host</strong>
        <nav aria-label="Extensions">
          {config.extensions.map(({ extensionId, title }) => (
            <a
              key={extensionId}
              href={linkTo({ extensionId, path: '/' })}
              aria-current={extensionId === extension?.extensionId ? 'page' : undefined}
            >
              {title}
            </a>
          ))}
        </nav>
        <button
          type="button"
          aria-pressed={scheme === 'dark'}
          onClick={() => {
            setScheme(scheme === 'dark' ? 'light' : 'dark');
          }}
        >
          Dark theme
        </button>
        <span>{access.name}</span>
        <button type="button" onClick={onSignOut}>
          Sign out
        </button>
      </header>
      <main>
        {place === undefined || extension === undefined ? (
          <p className="note">
            {place === undefined
              ? 'Choose an extension.'
              : `There is no extension ${place.extensionId} here.`}
          </p>
        ) : (
          <ExtensionView
            // Another version is another page: its frame is loaded anew.
            key={`${extension.extensionId} ${extension.contentHash}`}
            config={config}
            access={access}
            extension={extension}
            path={place.path}
            theme={THEMES[scheme]}
            onToast={(toast) => {
              addToast(extension.title, toast);
            }}
            confirm={(question, signal) => ask(extension.title, question, signal)}
          />
        )}
      </main>
      <Toasts toasts={toasts} />
      {asked !== undefined && <ConfirmDialog {...asked} />}
    </>
  );
}
