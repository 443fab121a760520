import { Button, DatePicker, Dialog, Form, toast } from '@alga/ui-kit';
import { useId, useState } from 'react';
import { useEndKey } from '../api/operators.ts';
import { ProblemAlert } from '../common/ProblemAlert.tsx';
import { texts } from '../texts.ts';

const words = texts.keys;

/** Asks since when a key is in somebody else's hands. */
export function CompromiseDialog({
  publisher,
  keyId,
}: {
  readonly publisher: string;
  readonly keyId: string;
}) {
  const formId = useId();
  const [day, setDay] = useState<string | null>(null);
  const end = useEndKey(publisher);
  return (
    <Dialog
      title={words.compromiseTitle}
      description={words.compromiseText}
      footer={({ close }) => (
        <>
          <Button onPress={close}>{texts.app.cancel}</Button>
          <Button
            type="submit"
            form={formId}
            variant="danger"
            isDisabled={day === null}
            isPending={end.isPending}
          >
            {words.compromise}
          </Button>
        </>
      )}
    >
      {({ close }) => (
        <Form
          id={formId}
          onSubmit={(event) => {
            event.preventDefault();
            if (day === null) return;
            // By its promise: the button that opened this, and with it the mutation's callbacks, may be gone by then.
            end.mutateAsync({ keyId, since: `${day}T00:00:00Z` }).then(
              () => {
                close();
                toast.success(words.compromised);
              },
              // Shown below the form.
              () => undefined,
            );
          }}
        >
          <DatePicker
            label={words.since_label}
            isRequired
            maxValue={new Date().toISOString().slice(0, 10)}
            value={day}
            onChange={setDay}
          />
          {end.error !== null && <ProblemAlert error={end.error} />}
        </Form>
      )}
    </Dialog>
  );
}
