import { EmptyState, Stack, Text } from '@alga/ui-kit';
import { FileText } from 'lucide-react';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { useReadme } from '../api/catalogue.ts';
import type { Version } from '../api/types.ts';
import { Loaded } from '../common/Loaded.tsx';
import { texts } from '../texts.ts';

const words = texts.extension;

// The page has an h1 and the tab's own place below it; a stranger's headings come after those. Links lead out of the app
// and tell nobody where from; those within the README, or to files beside it, lead nowhere. Pictures would tell their
// hosts who looks, and the page's policy refuses them.
const COMPONENTS: Components = {
  h1: ({ children }) => <h2>{children}</h2>,
  h2: ({ children }) => <h3>{children}</h3>,
  h3: ({ children }) => <h4>{children}</h4>,
  h4: ({ children }) => <h5>{children}</h5>,
  h5: ({ children }) => <h6>{children}</h6>,
  a: ({ children, href = '' }) =>
    /^https?:\/\//.test(href) ? (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </a>
    ) : (
      <span>{children}</span>
    ),
  img: ({ alt = '' }) => (alt === '' ? null : <em>{words.picture(alt)}</em>),
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

/** What the publisher says about a version: Markdown, whose HTML is shown as text. */
export function Readme({ version }: { readonly version: Version }) {
  const readme = useReadme(version.name, version.version);
  return (
    <Loaded query={readme}>
      {(text) =>
        text === null ? (
          <EmptyState icon={<FileText />} title={words.noReadmeTitle}>
            {words.noReadme}
          </EmptyState>
        ) : (
          <Stack gap={3}>
            <Text size="sm" tone="muted">
              {words.readmeNote}
            </Text>
            <article className="Readme">
              <Markdown remarkPlugins={[remarkGfm]} components={COMPONENTS}>
                {text}
              </Markdown>
            </article>
          </Stack>
        )
      }
    </Loaded>
  );
}
