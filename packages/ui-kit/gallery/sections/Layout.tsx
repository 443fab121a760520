import { Button, Card, Grid, IconButton, Separator, Stack, Text } from '@alga/ui-kit';
import { Settings } from 'lucide-react';
import { Example, Examples } from '../Example.tsx';

export function Layout() {
  return (
    <Examples>
      <Example title="Card" isBare>
        <Grid>
          <Card
            title="Sync"
            description="Runs every night at two."
            actions={
              <IconButton label="Settings of sync" size="sm">
                <Settings aria-hidden="true" />
              </IconButton>
            }
            footer={
              <>
                <Button size="sm">Run now</Button>
                <Button size="sm" variant="ghost">
                  History
                </Button>
              </>
            }
          >
            <Text>Last run: yesterday, 1,204 agreements in 38 seconds.</Text>
          </Card>
          <Card title="Only a title">
            <Text tone="muted">
              Cards grow with what is in them, and stand side by side where there is room.
            </Text>
          </Card>
        </Grid>
      </Example>
      <Example title="Stack in a row, with a separator">
        <Stack direction="row" gap={3} wrap>
          <Text as="span">Owner: Dana</Text>
          <Separator orientation="vertical" />
          <Text as="span">Team: Renewals</Text>
          <Separator orientation="vertical" />
          <Text as="span">Region: EU</Text>
        </Stack>
      </Example>
      <Example title="Stack in a column, with a separator">
        <Stack gap={3}>
          <Text>Above the line</Text>
          <Separator />
          <Text>Below the line</Text>
        </Stack>
      </Example>
      <Example title="Space between">
        <Stack direction="row" justify="between" wrap>
          <Text weight="medium">12 changes</Text>
          <Stack direction="row" gap={2}>
            <Button>Discard</Button>
            <Button variant="primary">Publish</Button>
          </Stack>
        </Stack>
      </Example>
    </Examples>
  );
}
