import { Alert, Button } from '@alga/ui-kit';
import { texts } from '../texts.ts';
import { problemText } from './problemText.ts';

/** A fault in place: what it means, what to do, and the number to give to operators. */
export function ProblemAlert({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { title, detail, requestId } = problemText(error);
  return (
    <Alert
      tone="danger"
      isLive
      title={title}
      {...(onRetry === undefined
        ? {}
        : {
            actions: (
              <Button size="sm" onPress={onRetry}>
                {texts.app.tryAgain}
              </Button>
            ),
          })}
    >
      {detail}
      {requestId !== null && <span className="ProblemAlert-request">{texts.app.requestId(requestId)}</span>}
    </Alert>
  );
}
