import { TextArea } from '@alga/ui-kit';
import { useState } from 'react';
import type { Json } from '../api/types.ts';
import { texts } from '../texts.ts';

/** Props of {@link JsonField}. */
export interface JsonFieldProps {
  readonly label: string;
  readonly description: string;
  readonly isRequired: boolean;
  readonly isInvalid: boolean;
  readonly errorMessage?: string;
  readonly value: Json | undefined;
  readonly onChange: (value: Json | undefined) => void;
}

/** A setting that has no field of its own, as JSON. What is no JSON yet changes nothing. */
export function JsonField({ value, onChange, description, ...props }: JsonFieldProps) {
  const [text, setText] = useState(value === undefined ? '' : JSON.stringify(value, null, 2));
  const [isJson, setJson] = useState(true);
  return (
    <TextArea
      {...props}
      description={[description, texts.settings.jsonField].filter(Boolean).join(' ')}
      isMonospaced
      isInvalid={props.isInvalid || !isJson}
      errorMessage={isJson ? props.errorMessage : texts.settings.notJson}
      value={text}
      onChange={(changed) => {
        setText(changed);
        const parsed = parseJson(changed);
        setJson(changed.trim() === '' || parsed !== undefined);
        if (changed.trim() === '' || parsed !== undefined) onChange(parsed);
      }}
    />
  );
}

/** The value of a JSON text; undefined where it is none. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
