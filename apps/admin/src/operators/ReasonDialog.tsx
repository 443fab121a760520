import { Button, Dialog, Form, Input, toast } from '@alga/ui-kit';
import { useId, useState } from 'react';
import { useRevoke } from '../api/operators.ts';
import { ProblemAlert } from '../common/ProblemAlert.tsx';
import { texts } from '../texts.ts';

/** Props of {@link ReasonDialog}. */
export interface ReasonDialogProps {
  readonly name: string;
  readonly version: string;
  readonly action: 'revoke' | 'restore';
}

const words = texts.revocation;

/** Asks for the reason of a revocation, or of taking one back. */
export function ReasonDialog({ name, version, action }: ReasonDialogProps) {
  const formId = useId();
  const [reason, setReason] = useState('');
  const revoke = useRevoke();
  const isRevoking = action === 'revoke';
  return (
    <Dialog
      title={isRevoking ? words.revokeTitle(name, version) : words.restoreTitle(name, version)}
      description={isRevoking ? words.revokeText : words.restoreText}
      footer={({ close }) => (
        <>
          <Button onPress={close}>{texts.app.cancel}</Button>
          <Button
            type="submit"
            form={formId}
            variant={isRevoking ? 'danger' : 'primary'}
            isPending={revoke.isPending}
          >
            {isRevoking ? words.revoke : words.restore}
          </Button>
        </>
      )}
    >
      {({ close }) => (
        <Form
          id={formId}
          onSubmit={(event) => {
            event.preventDefault();
            // By its promise: the button that opened this, and with it the mutation's callbacks, may be gone by then.
            revoke.mutateAsync({ name, version, action, reason: reason.trim() }).then(
              () => {
                close();
                toast.success(isRevoking ? words.revoked(version) : words.restored(version));
              },
              // Shown below the form.
              () => undefined,
            );
          }}
        >
          <Input
            label={words.reason}
            description={words.reasonText}
            isRequired
            autoFocus
            maxLength={500}
            value={reason}
            onChange={setReason}
          />
          {revoke.error !== null && <ProblemAlert error={revoke.error} />}
        </Form>
      )}
    </Dialog>
  );
}
