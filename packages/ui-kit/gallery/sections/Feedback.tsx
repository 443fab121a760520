import {
  Alert,
  Button,
  EmptyState,
  Grid,
  Link,
  Progress,
  Skeleton,
  Spinner,
  Stack,
  toast,
} from '@alga/ui-kit';
import { Inbox } from 'lucide-react';
import { useState } from 'react';
import { Example, Examples } from '../Example.tsx';

export function Feedback() {
  const [isShown, setShown] = useState(true);
  return (
    <Examples>
      <Example title="Alert" isBare>
        <Stack gap={3}>
          <Alert title="A new version is ready">
            1.5.0 asks for one more host. <Link href="#compare">Compare the two</Link>
          </Alert>
          <Alert tone="success" title="Agreement signed by both sides" />
          <Alert
            tone="warning"
            title="The secret ends in three days"
            actions={<Button size="sm">Rotate</Button>}
          >
            After that, the nightly sync stops.
          </Alert>
          {isShown && (
            <Alert
              tone="danger"
              title="Sync failed"
              onDismiss={() => {
                setShown(false);
              }}
            >
              The other side answered 503. It is tried again at two.
            </Alert>
          )}
        </Stack>
      </Example>
      <Example title="Toast">
        <Stack direction="row" gap={3} wrap>
          <Button onPress={() => toast.success('Agreement saved')}>Success</Button>
          <Button onPress={() => toast.info('Sync started', { description: '1,204 agreements to go.' })}>
            With text
          </Button>
          <Button onPress={() => toast.warning('The secret ends in three days')}>Warning</Button>
          <Button
            onPress={() => toast.danger('Sync failed', { description: 'The other side answered 503.' })}
          >
            Danger
          </Button>
          <Button
            onPress={() =>
              toast.info('Agreement deleted', {
                action: { label: 'Undo', onPress: () => toast.success('It is back') },
              })
            }
          >
            With an action
          </Button>
        </Stack>
      </Example>
      <Grid>
        <Example title="Progress">
          <Stack gap={4}>
            <Progress label="Uploading" value={64} />
            <Progress label="Storage" value={4.6} maxValue={5} valueLabel="4.6 of 5 GB" tone="warning" />
            <Progress label="Working" />
          </Stack>
        </Example>
        <Example title="Spinner">
          <Stack direction="row" gap={4}>
            <Spinner size="sm" />
            <Spinner />
            <Spinner size="lg" />
          </Stack>
        </Example>
        <Example title="Skeleton">
          <Stack direction="row" gap={3}>
            <Skeleton shape="circle" />
            <Stack gap={0} className="gallery-grow">
              <Skeleton width="60%" />
              <Skeleton width="90%" />
            </Stack>
          </Stack>
        </Example>
      </Grid>
      <Example title="EmptyState">
        <EmptyState
          icon={<Inbox />}
          title="Nothing waits for you"
          actions={<Button>See what is done</Button>}
        >
          Requests to sign show up here.
        </EmptyState>
      </Example>
    </Examples>
  );
}
