import { Alert } from '@alga/ui-kit';
import { texts } from '../texts.ts';

/** Shown in the place of the app. */
export function CannotStart({ error }: { readonly error: unknown }) {
  return (
    <main className="SignIn">
      <Alert tone="danger" isLive title={texts.app.cannotStart}>
        {error instanceof Error ? error.message : String(error)}
      </Alert>
    </main>
  );
}
