import { IconButton, useCopy, useMessages } from '@alga/ui-kit';
import { Check, Copy } from 'lucide-react';

/** A long id, cut where there is no room for it, with a button that copies all of it. */
export function Hash({ value }: { readonly value: string }) {
  const messages = useMessages();
  const { state, copy } = useCopy();
  return (
    <span className="Hash">
      <code className="Hash-text" title={value}>
        {value}
      </code>
      <IconButton
        label={state === 'copied' ? messages.copied : messages.copy}
        size="sm"
        onPress={() => void copy(value)}
      >
        {state === 'copied' ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
      </IconButton>
    </span>
  );
}
