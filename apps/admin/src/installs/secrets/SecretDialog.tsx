import { Button, DatePicker, Dialog, Form, Input, toast } from '@alga/ui-kit';
import { useId, useState } from 'react';
import { useChangeSecret } from '../../api/installs.ts';
import type { Secret } from '../../api/types.ts';
import { ProblemAlert } from '../../common/ProblemAlert.tsx';
import { texts } from '../../texts.ts';

const words = texts.secrets;

/** Takes a value and sends it off. It is in this dialog only while the dialog is open. */
export function SecretDialog({ install, secret }: { readonly install: string; readonly secret: Secret }) {
  const { name, state, description } = secret;
  const formId = useId();
  const change = useChangeSecret(install);
  return (
    <Dialog
      title={state === 'missing' ? words.setNamed(name) : words.replaceNamed(name)}
      {...(description === undefined ? {} : { description })}
      footer={({ close }) => (
        <>
          <Button onPress={close}>{texts.app.cancel}</Button>
          <Button type="submit" form={formId} variant="primary" isPending={change.isPending}>
            {texts.app.save}
          </Button>
        </>
      )}
    >
      {({ close }) => (
        <SecretForm
          id={formId}
          error={change.error}
          onSave={(value, day) => {
            const expiresAt = day === null ? undefined : `${day}T00:00:00Z`;
            change.mutate(
              { secret: name, value, expiresAt },
              {
                onSuccess: () => {
                  close();
                  toast.success(words.saved(name));
                },
              },
            );
          }}
        />
      )}
    </Dialog>
  );
}

interface SecretFormProps {
  readonly id: string;
  readonly error: Error | null;
  readonly onSave: (value: string, expiresOn: string | null) => void;
}

function SecretForm({ id, error, onSave }: SecretFormProps) {
  const [value, setValue] = useState('');
  const [day, setDay] = useState<string | null>(null);
  return (
    <Form
      id={id}
      onSubmit={(event) => {
        event.preventDefault();
        onSave(value, day);
      }}
    >
      <Input
        label={words.value}
        description={words.valueText}
        type="password"
        autoComplete="off"
        isRequired
        autoFocus
        value={value}
        onChange={setValue}
      />
      <DatePicker label={words.expiresOn} description={words.expiresOnText} value={day} onChange={setDay} />
      {error !== null && <ProblemAlert error={error} />}
    </Form>
  );
}
