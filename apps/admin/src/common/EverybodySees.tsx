import { Card, Stack, Text } from '@alga/ui-kit';
import { texts } from '../texts.ts';

/** What an extension gets without asking: part of the answer to "what can it see?". */
export function EverybodySees() {
  const words = texts.permissions.everybody;
  return (
    <Card title={words.title} description={words.description} headingLevel={2}>
      <Stack gap={3}>
        <ul className="PlainList">
          {words.items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
        <Text tone="muted" size="sm">
          {words.never}
        </Text>
      </Stack>
    </Card>
  );
}
