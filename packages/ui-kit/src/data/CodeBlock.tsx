import { Check, Copy, TriangleAlert } from 'lucide-react';
import { IconButton } from '../actions/IconButton.tsx';
import { ScrollArea } from '../internal/ScrollArea.tsx';
import { useMessages } from '../theme/messages.ts';
import { useCopy } from './useCopy.ts';

export interface CodeBlockProps {
  /** Shown and copied as it is. */
  code: string;
  /** Over the code: a file name or what it is. */
  title?: string;
  /** Whether long lines go on in the next one instead of scrolling. */
  isWrapped?: boolean;
}

/** Text for machines, with a button that copies it. */
export function CodeBlock({ code, title, isWrapped = false }: CodeBlockProps) {
  const messages = useMessages();
  const { state, copy } = useCopy();
  const labels = { idle: messages.copy, copied: messages.copied, failed: messages.copyFailed };
  const Icon = { idle: Copy, copied: Check, failed: TriangleAlert }[state];
  return (
    <figure className="alga-CodeBlock" data-wrapped={isWrapped || undefined}>
      {title !== undefined && <figcaption className="alga-CodeBlock-title">{title}</figcaption>}
      <ScrollArea label={title ?? messages.copy} className="alga-CodeBlock-scroller">
        <pre>
          <code>{code}</code>
        </pre>
      </ScrollArea>
      <span className="alga-CodeBlock-copy">
        <IconButton label={labels[state]} size="sm" onPress={() => void copy(code)}>
          <Icon aria-hidden="true" />
        </IconButton>
      </span>
      <span role="status" className="alga-VisuallyHidden">
        {state === 'idle' ? '' : labels[state]}
      </span>
    </figure>
  );
}

/** A word of code in a line of text. */
export function Code({ children }: { children: string }) {
  return <code className="alga-Code">{children}</code>;
}
