import {
  Button,
  ConfirmDialog,
  Dialog,
  DialogTrigger,
  Drawer,
  IconButton,
  Input,
  KeyValueList,
  Popover,
  Select,
  Stack,
  Text,
  Tooltip,
  toast,
} from '@alga/ui-kit';
import { Info } from 'lucide-react';
import { Example, Examples } from '../Example.tsx';

const plans = [
  { id: 'backup', label: 'Backup' },
  { id: 'managed', label: 'Managed' },
];

export function Overlays() {
  return (
    <Examples>
      <Example title="Dialog">
        <Stack direction="row" gap={3} wrap>
          <DialogTrigger>
            <Button>Open dialog</Button>
            <Dialog
              title="Invite a colleague"
              description="They get a letter with a link that works for a day."
              footer={({ close }) => (
                <>
                  <Button onPress={close}>Cancel</Button>
                  <Button
                    variant="primary"
                    onPress={() => {
                      close();
                      toast.success('Invitation sent');
                    }}
                  >
                    Invite
                  </Button>
                </>
              )}
            >
              <Stack>
                <Input label="Email" type="email" autoFocus />
                <Select label="Plan" options={plans} defaultValue="backup" />
              </Stack>
            </Dialog>
          </DialogTrigger>
          <DialogTrigger>
            <Button>Confirm</Button>
            <ConfirmDialog title="Publish 1.5.0?" confirmLabel="Publish" onConfirm={() => undefined}>
              A published version never changes again.
            </ConfirmDialog>
          </DialogTrigger>
          <DialogTrigger>
            <Button variant="danger">Confirm by typing</Button>
            <ConfirmDialog
              title="Uninstall Agreements?"
              confirmLabel="Uninstall"
              tone="danger"
              typeToConfirm={{ text: 'agreements', label: 'Type “agreements” to confirm' }}
              onConfirm={() => undefined}
            >
              Its data can be restored for 30 days.
            </ConfirmDialog>
          </DialogTrigger>
        </Stack>
      </Example>
      <Example title="Drawer">
        <Stack direction="row" gap={3} wrap>
          <DialogTrigger>
            <Button>Open drawer</Button>
            <Drawer
              title="AG-1042"
              description="Northwind Traders"
              footer={({ close }) => <Button onPress={close}>Done</Button>}
            >
              <KeyValueList
                items={[
                  { label: 'Plan', value: 'Managed' },
                  { label: 'Monthly', value: '€ 1,480' },
                  { label: 'Ends', value: '8 March 2028' },
                ]}
              />
            </Drawer>
          </DialogTrigger>
          <DialogTrigger>
            <Button>From the start</Button>
            <Drawer title="Filters" side="start" size="sm">
              <Select label="Plan" options={plans} placeholder="Any" />
            </Drawer>
          </DialogTrigger>
        </Stack>
      </Example>
      <Example title="Popover and tooltip">
        <Stack direction="row" gap={3} wrap>
          <Popover trigger={<Button>Open popover</Button>} title="Who can see this">
            <Text tone="muted">Everybody in Renewals, and the two admins.</Text>
          </Popover>
          <Tooltip content="Counted at midnight, UTC">
            <Button>Hover or focus me</Button>
          </Tooltip>
          <IconButton label="What is this?">
            <Info aria-hidden="true" />
          </IconButton>
        </Stack>
      </Example>
    </Examples>
  );
}
