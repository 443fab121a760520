import { TextArea } from '@alga/ui-kit';
import { useState } from 'react';
import { texts } from '../texts.ts';
import type { JsonFieldProps } from './JsonField.tsx';

/** Props of {@link LinesField}. */
export interface LinesFieldProps extends Omit<JsonFieldProps, 'value' | 'onChange'> {
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[] | undefined) => void;
}

/** A list of texts, one a line; empty lines do not count. */
export function LinesField({ value, onChange, description, ...props }: LinesFieldProps) {
  const [text, setText] = useState(value.join('\n'));
  return (
    <TextArea
      {...props}
      description={[description, texts.settings.onePerLine].filter(Boolean).join(' ')}
      value={text}
      onChange={(changed) => {
        setText(changed);
        const lines = changed.split('\n').filter((line) => line.trim() !== '');
        onChange(lines.length === 0 ? undefined : lines);
      }}
    />
  );
}
