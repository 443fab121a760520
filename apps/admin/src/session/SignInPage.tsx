import { Alert, Button, Heading, Stack, Text } from '@alga/ui-kit';
import { Blocks } from 'lucide-react';
import { useState } from 'react';
import { texts } from '../texts.ts';
import type { SignIn } from './session.ts';

/** Props of {@link SignInPage}. */
export interface SignInPageProps {
  readonly signIn: SignIn;
  /** Why the last sign-in did not work, or ended. */
  readonly notice?: { readonly tone: 'info' | 'danger'; readonly text: string };
}

/** The way to the identity provider. */
export function SignInPage({ signIn, notice }: SignInPageProps) {
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const shown = failure === undefined ? notice : { tone: 'danger' as const, text: failure };

  const begin = async () => {
    setPending(true);
    setFailure(undefined);
    try {
      await signIn.begin();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
      setPending(false);
    }
  };

  return (
    <main className="SignIn">
      <Stack gap={6} className="SignIn-card">
        <span className="Mark" data-size="lg" aria-hidden="true">
          <Blocks />
        </span>
        <Stack gap={2}>
          <Heading level={1}>{texts.session.title}</Heading>
          <Text tone="muted">{texts.session.about}</Text>
        </Stack>
        {shown && (
          <Alert
            tone={shown.tone}
            isLive
            {...(shown.tone === 'danger' ? { title: texts.session.failedTitle } : {})}
          >
            {shown.text}
          </Alert>
        )}
        <Button variant="primary" size="lg" isFullWidth isPending={isPending} onPress={() => void begin()}>
          {texts.session.signIn}
        </Button>
      </Stack>
    </main>
  );
}
