import { EmptyState, Stack, Text } from '@alga/ui-kit';
import { FileText } from 'lucide-react';
import { usePublisherText } from '../api/catalogue.ts';
import type { Version } from '../api/types.ts';
import { Loaded } from '../common/Loaded.tsx';
import { PublisherMarkdown } from '../common/PublisherMarkdown.tsx';
import { texts } from '../texts.ts';

/** Props of {@link PublisherText}. */
export interface PublisherTextProps {
  readonly version: Version;
  readonly kind: 'readme' | 'changelog';
}

/** A text that the publisher wrote about a version, whole. */
export function PublisherText({ version, kind }: PublisherTextProps) {
  const words = texts.publisherText;
  const query = usePublisherText(version.name, version.version, kind);
  return (
    <Loaded query={query}>
      {(text) =>
        text === null ? (
          <EmptyState icon={<FileText />} title={words.none[kind].title}>
            {words.none[kind].text}
          </EmptyState>
        ) : (
          <Stack gap={3}>
            <Text size="sm" tone="muted">
              {words.note}
            </Text>
            <PublisherMarkdown text={text} deeper={1} />
          </Stack>
        )
      }
    </Loaded>
  );
}
