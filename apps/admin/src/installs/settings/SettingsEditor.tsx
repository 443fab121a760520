import { Alert, Button, Form, FormActions, SegmentedControl, Stack, TextArea } from '@alga/ui-kit';
import { useState } from 'react';
import { useChangeInstall } from '../../api/installs.ts';
import { Problem } from '../../api/problem.ts';
import type { Json, JsonObject } from '../../api/types.ts';
import { ProblemAlert } from '../../common/ProblemAlert.tsx';
import { useAct } from '../../common/useAct.ts';
import { faultsInDetail } from '../../settings/faults.ts';
import { parseJson } from '../../settings/JsonField.tsx';
import { SchemaForm } from '../../settings/SchemaForm.tsx';
import { texts } from '../../texts.ts';

/** Props of {@link SettingsEditor}. */
export interface SettingsEditorProps {
  readonly name: string;
  readonly schema: JsonObject;
  readonly stored: JsonObject;
}

/** Edits settings in a form, or as JSON where somebody wants to paste them. */
export function SettingsEditor({ name, schema, stored }: SettingsEditorProps) {
  const [draft, setDraft] = useState(stored);
  const [text, setText] = useState<string | null>(null);
  // Fields keep what is typed into them; another number makes new ones.
  const [round, setRound] = useState(0);
  const change = useChangeInstall(name);
  const act = useAct();
  const words = texts.settings;
  const parsed = text === null ? draft : parseJson(text);
  const fault = parsed === undefined ? words.notJson : isObject(parsed) ? undefined : words.notObject;
  const isChanged = JSON.stringify(parsed) !== JSON.stringify(stored);
  const faults = change.error instanceof Problem ? faultsInDetail(change.error.message) : {};

  const save = async () => {
    const saved = await act(
      () => change.mutateAsync({ route: '/config', method: 'PUT', body: parsed }),
      words.saved,
    );
    if (saved && isObject(parsed)) setDraft(parsed);
  };
  const reset = () => {
    setDraft(stored);
    setRound(round + 1);
    if (text !== null) setText(JSON.stringify(stored, null, 2));
    change.reset();
  };

  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <SegmentedControl
        label={words.view}
        segments={[
          { id: 'form', label: words.asForm, isDisabled: fault !== undefined },
          { id: 'json', label: words.asJson },
        ]}
        value={text === null ? 'form' : 'json'}
        onChange={(view) => {
          if (view === 'json') setText(JSON.stringify(draft, null, 2));
          else {
            if (isObject(parsed)) setDraft(parsed);
            setText(null);
          }
        }}
      />
      {text === null ? (
        <SchemaForm key={round} schema={schema} value={draft} onChange={setDraft} faults={faults} />
      ) : (
        <TextArea
          label={words.json}
          isMonospaced
          rows={14}
          spellCheck="false"
          value={text}
          onChange={setText}
          isInvalid={fault !== undefined}
          {...(fault === undefined ? {} : { errorMessage: fault })}
        />
      )}
      {Object.keys(faults).length > 0 ? (
        <Alert tone="danger" isLive title={words.faultsTitle}>
          <Stack gap={1} as="ul" className="PlainList">
            {Object.entries(faults).map(([place, what]) => (
              <li key={place}>{words.fault(place || words.title, what)}</li>
            ))}
          </Stack>
        </Alert>
      ) : (
        change.error !== null && <ProblemAlert error={change.error} />
      )}
      <FormActions>
        <Button isDisabled={!isChanged || change.isPending} onPress={reset}>
          {texts.app.reset}
        </Button>
        <Button
          type="submit"
          variant="primary"
          isDisabled={!isChanged || fault !== undefined}
          isPending={change.isPending}
        >
          {texts.app.save}
        </Button>
      </FormActions>
    </Form>
  );
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
