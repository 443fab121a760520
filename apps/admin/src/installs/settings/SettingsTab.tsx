import { Card, CodeBlock, EmptyState, Stack, Text } from '@alga/ui-kit';
import { SlidersHorizontal } from 'lucide-react';
import { texts } from '../../texts.ts';
import type { TabProps } from '../InstallationPage.tsx';
import { SettingsEditor } from './SettingsEditor.tsx';

/** The install's settings. */
export function SettingsTab({ install, version }: TabProps) {
  const schema = version.manifest.config;
  const stored = install.config ?? {};
  if (schema === undefined) {
    const isEmpty = Object.keys(stored).length === 0;
    return (
      <Stack gap={4}>
        <EmptyState icon={<SlidersHorizontal />} title={texts.settings.none} />
        {!isEmpty && (
          <>
            <Text>{texts.settings.noneStored}</Text>
            <CodeBlock code={JSON.stringify(stored, null, 2)} />
          </>
        )}
      </Stack>
    );
  }
  return (
    <Card
      title={texts.settings.title}
      description={texts.settings.description}
      headingLevel={2}
      className="Narrow"
    >
      <SettingsEditor key={install.versionId} name={install.name} schema={schema} stored={stored} />
    </Card>
  );
}
