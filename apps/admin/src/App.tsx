import { Spinner } from '@alga/ui-kit';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { ApiContext } from './api/ApiContext.ts';
import { ApiClient } from './api/client.ts';
import { Problem } from './api/problem.ts';
import type { AdminConfig } from './config.ts';
import { Pages } from './Pages.tsx';
import type { Session, SignIn } from './session/session.ts';
import { SessionContext } from './session/SessionContext.ts';
import { SignInPage, type SignInPageProps } from './session/SignInPage.tsx';
import { texts } from './texts.ts';

type State =
  | { readonly is: 'resuming' }
  | { readonly is: 'signed-out'; readonly notice?: NonNullable<SignInPageProps['notice']> }
  | { readonly is: 'signed-in'; readonly session: Session };

/** The app, from sign-in to sign-out. */
export function App({ config, signIn }: { readonly config: AdminConfig; readonly signIn: SignIn }) {
  const [state, setState] = useState<State>({ is: 'resuming' });

  useEffect(() => {
    resumeOnce(signIn).then(
      (session) => {
        setState(session === null ? { is: 'signed-out' } : { is: 'signed-in', session });
      },
      (error: unknown) => {
        const text = error instanceof Error ? error.message : String(error);
        setState({ is: 'signed-out', notice: { tone: 'danger', text } });
      },
    );
  }, [signIn]);

  if (state.is === 'resuming') {
    return (
      <main className="SignIn">
        <Spinner size="lg" label={texts.session.signingIn} />
      </main>
    );
  }
  if (state.is === 'signed-out') {
    return <SignInPage signIn={signIn} {...(state.notice === undefined ? {} : { notice: state.notice })} />;
  }
  return (
    <SignedIn
      config={config}
      session={state.session}
      onSignedOut={(notice) => {
        setState({ is: 'signed-out', ...(notice === undefined ? {} : { notice }) });
      }}
    />
  );
}

// A code is good for one exchange, and effects may run twice.
const resumed = new WeakMap<SignIn, Promise<Session | null>>();

function resumeOnce(signIn: SignIn): Promise<Session | null> {
  const running = resumed.get(signIn) ?? signIn.resume();
  resumed.set(signIn, running);
  return running;
}

interface SignedInProps {
  readonly config: AdminConfig;
  readonly session: Session;
  readonly onSignedOut: (notice?: SignInPageProps['notice']) => void;
}

function SignedIn({ config, session, onSignedOut }: SignedInProps) {
  const [queries] = useState(makeQueryClient);
  const apis = useMemo(() => {
    const clientOf = (base: string) =>
      new ApiClient(base, session.accessToken, () => {
        void session.forget();
        onSignedOut({ tone: 'info', text: texts.session.expired });
      });
    return { registry: clientOf(config.registryBase), gateway: clientOf(config.gatewayBase) };
  }, [config, session, onSignedOut]);
  const provided = useMemo(
    () => ({
      ...session,
      config,
      signOut: async () => {
        await session.signOut();
        onSignedOut();
      },
    }),
    [config, session, onSignedOut],
  );

  return (
    <SessionContext value={provided}>
      <ApiContext value={apis}>
        <QueryClientProvider client={queries}>
          <Pages />
        </QueryClientProvider>
      </ApiContext>
    </SessionContext>
  );
}

function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // What was refused is refused again; what had no answer may get one.
        retry: (failures, error) =>
          failures < 2 && error instanceof Problem && (error.status === 0 || error.status >= 500),
      },
    },
  });
}
