import { Radio, RadioGroup } from '@alga/ui-kit';
import type { Policy } from '../api/types.ts';
import { texts } from '../texts.ts';

/** Props of {@link PolicyChoice}. */
export interface PolicyChoiceProps {
  readonly value: Policy;
  readonly onChange: (policy: Policy) => void;
  readonly isDisabled?: boolean;
}

/** Which new versions an install moves to by itself. */
export function PolicyChoice({ value, onChange, isDisabled = false }: PolicyChoiceProps) {
  const words = texts.policy;
  return (
    <RadioGroup
      label={words.label}
      description={words.note}
      value={value}
      isDisabled={isDisabled}
      onChange={(policy) => {
        onChange(policy as Policy);
      }}
    >
      <Radio value="pin" description={words.pinText}>
        {words.pin}
      </Radio>
      <Radio value="patch" description={words.patchText}>
        {words.patch}
      </Radio>
      <Radio value="minor" description={words.minorText}>
        {words.minor}
      </Radio>
    </RadioGroup>
  );
}
