import { useEffect, useState } from 'react';
import { type Access, openAccess, remember, remembered, type SignIn as Choice } from './access.ts';
import type { DemoConfig } from './config.ts';
import { ConfirmDialog, useConfirm } from './confirm-dialog.tsx';
import { ExtensionView } from './extension-view.tsx';
import { listExtensions, type OfferedExtension } from './gateway.ts';
import { linkTo, parsePlace, useHash } from './place.ts';
import { SignIn } from './sign-in.tsx';
import { applyTheme, preferredScheme, THEMES } from './theme.ts';
import { Toasts, useToasts } from './toasts.tsx';
import { useFollowedExtensions } from './use-followed-extensions.ts';

/** The host application. */
export function App({ config }: { readonly config: DemoConfig }) {
  const [choice, setChoice] = useState(remembered);
  const [opened, setOpened] = useState<Opened>();
  const [error, setError] = useState<string>();

  useEffect(() => {
    if (choice === undefined) return undefined;
    let isCurrent = true;
    open(config, choice).then(
      (opened) => {
        if (!isCurrent) return;
        setError(undefined);
        setOpened(opened);
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
    setOpened(undefined);
    setChoice(chosen);
  };

  if (choice === undefined) return <SignIn users={config.users ?? []} error={error} onSignIn={signIn} />;
  if (opened === undefined) return <p className="note">Signing in …</p>;
  return (
    <Workplace
      config={config}
      {...opened}
      onSignOut={() => {
        signIn(undefined);
      }}
    />
  );
}

/** What a sign-in gives: the user's access, and the extensions of the tenant. */
interface Opened {
  readonly access: Access;
  readonly extensions: readonly OfferedExtension[];
}

async function open(config: DemoConfig, choice: Choice): Promise<Opened> {
  const access = await openAccess(config, choice);
  return { access, extensions: await listExtensions(config, access) };
}

interface WorkplaceProps extends Opened {
  readonly config: DemoConfig;
  readonly onSignOut: () => void;
}

function Workplace({ config, access, extensions: first, onSignOut }: WorkplaceProps) {
  const extensions = useFollowedExtensions(config, access, first);
  const place = parsePlace(useHash());
  const extension = extensions.find(({ extensionId }) => extensionId === place?.extensionId);
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
          {extensions.map(({ extensionId, title }) => (
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
