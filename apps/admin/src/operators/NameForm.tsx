import { Button, Form, Input } from '@alga/ui-kit';
import { useState } from 'react';

/** Props of {@link NameForm}. */
export interface NameFormProps {
  readonly label: string;
  readonly action: string;
  readonly value: string;
  readonly onSubmit: (name: string) => void;
}

/** Takes the name of what a page is to show. */
export function NameForm({ label, action, value, onSubmit }: NameFormProps) {
  const [name, setName] = useState(value);
  return (
    <Form
      className="NameForm"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(name.trim());
      }}
    >
      <Input label={label} isRequired value={name} onChange={setName} autoComplete="off" spellCheck="false" />
      <Button type="submit" variant="primary">
        {action}
      </Button>
    </Form>
  );
}
