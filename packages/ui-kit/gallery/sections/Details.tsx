import { Badge, CodeBlock, Grid, KeyValueList, Link, Stack, StatTile } from '@alga/ui-kit';
import { Check, HardDrive } from 'lucide-react';
import { Example, Examples } from '../Example.tsx';

export function Details() {
  return (
    <Examples>
      <Example title="Badge">
        <Stack direction="row" gap={2} wrap>
          <Badge>Neutral</Badge>
          <Badge tone="accent">Accent</Badge>
          <Badge tone="info">Info</Badge>
          <Badge tone="success" hasDot>
            Active
          </Badge>
          <Badge tone="warning" hasDot>
            Expiring
          </Badge>
          <Badge tone="danger" hasDot>
            Revoked
          </Badge>
          <Badge tone="success" icon={<Check aria-hidden="true" />}>
            Signed
          </Badge>
        </Stack>
      </Example>
      <Example title="StatTile" isBare>
        <Grid minColumnWidth="12rem" gap={3}>
          <StatTile label="Storage" value="1.8 GB" icon={<HardDrive />} hint="of 5 GB" />
          <StatTile
            label="Errors"
            value="12"
            change={{ text: '9', direction: 'up', tone: 'bad' }}
            hint="today"
          />
          <StatTile label="Unchanged" value="7" change={{ text: '0 %', direction: 'flat' }} />
        </Grid>
      </Example>
      <Grid>
        <Example title="KeyValueList">
          <KeyValueList
            items={[
              { label: 'Publisher', value: <Link href="#acme">Acme</Link> },
              { label: 'Version', value: '1.4.2' },
              { label: 'Status', value: <Badge tone="success">Enabled</Badge> },
              { label: 'Content hash', value: 'sha256:9f2c41d0b7a8e6c35d1f0a94be27c8d1' },
            ]}
          />
        </Example>
        <Example title="KeyValueList in columns">
          <KeyValueList
            layout="column"
            items={[
              { label: 'Region', value: 'EU West' },
              { label: 'Installed', value: '3 March 2026' },
              { label: 'Users', value: '214' },
              { label: 'Upgrades', value: 'Patches' },
            ]}
          />
        </Example>
      </Grid>
      <Example title="CodeBlock" isBare>
        <Stack gap={3}>
          <CodeBlock
            title="manifest.json"
            code={
              '{\n  "name": "com.acme.agreements",\n  "version": "1.4.2",\n  "capabilities": ["storage.kv", "http.fetch"]\n}'
            }
          />
          <CodeBlock code="alga-ext publish --bundle ./bundle.tar.zst --key ./publisher.pem --registry https://registry.example.com/api/registry --wait" />
        </Stack>
      </Example>
    </Examples>
  );
}
