import { Text } from '@alga/ui-kit';
import { useMemo } from 'react';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { texts } from '../texts.ts';
import { canBeLaidOut } from './layOut.ts';
import { PlainOnFault } from './PlainOnFault.tsx';

// Links lead out of the app and tell nobody where from; those within the text, or to files beside it, lead nowhere. Pictures would tell
// their hosts who looks, and the page's policy refuses them.
const COMPONENTS: Components = {
  a: ({ children, href = '' }) =>
    /^https?:\/\//.test(href) ? (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </a>
    ) : (
      <span>{children}</span>
    ),
  img: ({ alt = '' }) => (alt === '' ? null : <em>{texts.publisherText.picture(alt)}</em>),
  // Wide ones scroll by themselves, by keyboard too.
  table: ({ children }) => (
    <div className="Readme-wide" tabIndex={0} role="group">
      <table>{children}</table>
    </div>
  ),
  pre: ({ children }) => <pre tabIndex={0}>{children}</pre>,
  // A check mark that nobody can set is text.
  input: ({ checked = false }) => <span>{checked ? '☑ ' : '☐ '}</span>,
};

const PLUGINS = [remarkGfm];
const LEVELS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'] as const;

/** Props of {@link PublisherMarkdown}. */
export interface PublisherMarkdownProps {
  readonly text: string;
  /** How far below their own level headings stand, so that they follow those of the page. */
  readonly deeper: number;
  /** Whether it is laid out where it can be; if not it is shown as it is written. */
  readonly isLaidOut?: boolean;
}

/**
 * A stranger's Markdown: HTML in it is shown as text, nothing in it loads anything, and what would take long to lay out is shown as it is
 * written.
 */
export function PublisherMarkdown({ text, deeper, isLaidOut = true }: PublisherMarkdownProps) {
  const components = useMemo(() => ({ ...COMPONENTS, ...headings(deeper) }), [deeper]);
  const plain = (
    <>
      <Text size="sm" tone="muted">
        {texts.publisherText.plain}
      </Text>
      <pre tabIndex={0} className="Readme-plain">
        {text}
      </pre>
    </>
  );
  return (
    <article className="Readme">
      {isLaidOut && canBeLaidOut(text) ? (
        <PlainOnFault key={text} plain={plain}>
          <Markdown remarkPlugins={PLUGINS} components={components}>
            {text}
          </Markdown>
        </PlainOnFault>
      ) : (
        plain
      )}
    </article>
  );
}

function headings(deeper: number): Components {
  return Object.fromEntries(
    LEVELS.map((name, index) => {
      const Level = LEVELS[Math.min(Math.max(index + deeper, 1), 5)] ?? 'h6';
      return [name, ({ children }: React.PropsWithChildren) => <Level>{children}</Level>];
    }),
  );
}
