import { Code, Heading, Link, Stack, Text } from '@alga/ui-kit';
import { Example, Examples } from '../Example.tsx';

export function Typography() {
  return (
    <Examples>
      <Example title="Headings">
        <Stack gap={2}>
          <Heading level={3} size="2xl">
            Agreements that renew themselves
          </Heading>
          <Heading level={3} size="xl">
            Agreements that renew themselves
          </Heading>
          <Heading level={3} size="lg">
            Agreements that renew themselves
          </Heading>
          <Heading level={3} size="md">
            Agreements that renew themselves
          </Heading>
        </Stack>
      </Example>
      <Example title="Sizes">
        <Stack gap={2}>
          <Text size="lg">Large: the introduction of a page.</Text>
          <Text>Medium: what most of an app is written in.</Text>
          <Text size="sm">Small: help under a field, notes.</Text>
          <Text size="xs">Extra small: headings of tables and counts.</Text>
        </Stack>
      </Example>
      <Example title="Tones and weights">
        <Stack gap={2}>
          <Text weight="semibold">Semibold, for what matters.</Text>
          <Text weight="medium">Medium, for names and labels.</Text>
          <Text tone="muted">Muted, for what explains.</Text>
          <Text tone="subtle">Subtle, for what is rarely read.</Text>
          <Text tone="success">Success.</Text>
          <Text tone="warning">Warning.</Text>
          <Text tone="danger">Danger.</Text>
        </Stack>
      </Example>
      <Example title="In a sentence">
        <Text>
          Read <Link href="#guide">the guide to manifests</Link>, then add <Code>http.fetch</Code> to the
          capabilities.
        </Text>
      </Example>
      <Example title="Cut to one line">
        <div className="gallery-narrow">
          <Text isTruncated>
            A very long name of a very long agreement between two very long companies, 2026 to 2031
          </Text>
        </div>
      </Example>
    </Examples>
  );
}
