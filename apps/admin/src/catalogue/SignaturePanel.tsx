import { Alert, Badge, Card, Grid, KeyValueList, Stack, Text, type KeyValueItem } from '@alga/ui-kit';
import { useEnvelope } from '../api/catalogue.ts';
import { Problem } from '../api/problem.ts';
import type { Envelope, Version } from '../api/types.ts';
import { Hash } from '../common/Hash.tsx';
import { Loaded } from '../common/Loaded.tsx';
import { When } from '../common/When.tsx';
import { texts } from '../texts.ts';
import { readStatement } from './statement.ts';

/** Who signed a version, what exactly, and whether that is what the catalogue says. */
export function SignaturePanel({ version }: { readonly version: Version }) {
  const words = texts.extension.signature;
  const signature = useEnvelope(version.name, version.version, 'signature');
  const acceptance = useEnvelope(version.name, version.version, 'acceptance');
  const isUnsigned = acceptance.error instanceof Problem && acceptance.error.code === 'not_found';
  return (
    <Stack gap={4}>
      <Grid minColumnWidth="22rem">
        <Card title={words.title} description={words.description} headingLevel={2}>
          <Loaded query={signature}>{(envelope) => <Signed envelope={envelope} version={version} />}</Loaded>
        </Card>
        <Card title={words.acceptance} description={words.acceptanceDescription} headingLevel={2}>
          {isUnsigned ? (
            <Alert tone="warning">{words.none}</Alert>
          ) : (
            <Loaded query={acceptance}>
              {(envelope) => <Signed envelope={envelope} version={version} />}
            </Loaded>
          )}
        </Card>
      </Grid>
      <Text size="sm" tone="muted">
        {words.checkedByRegistry}
      </Text>
    </Stack>
  );
}

function Signed({ envelope, version }: { readonly envelope: Envelope; readonly version: Version }) {
  const words = texts.extension.signature;
  const statement = readStatement(envelope);
  const agrees =
    statement?.publisher === version.publisher &&
    statement.version === version.version &&
    `sha256:${statement.sha256 ?? ''}` === version.contentHash;
  const items: KeyValueItem[] = [
    ...envelope.signatures.map(({ keyid }) => ({ label: words.keyId, value: <Hash value={keyid} /> })),
    ...(statement?.registry === undefined ? [] : [{ label: words.registry, value: statement.registry }]),
    ...(statement?.publisher === undefined
      ? []
      : [{ label: words.signedPublisher, value: statement.publisher }]),
    ...(statement?.version === undefined ? [] : [{ label: words.signedVersion, value: statement.version }]),
    ...(statement?.sha256 === undefined
      ? []
      : [{ label: words.signedHash, value: <Hash value={`sha256:${statement.sha256}`} /> }]),
    ...(statement?.capabilities === undefined
      ? []
      : [{ label: words.signedCapabilities, value: statement.capabilities.join(', ') || texts.app.none }]),
    ...(statement?.acceptedAt === undefined
      ? []
      : [{ label: words.acceptedAt, value: <When at={statement.acceptedAt} isExact /> }]),
  ];
  return (
    <Stack gap={4}>
      {agrees ? (
        <span>
          <Badge tone="success" hasDot>
            {words.matches}
          </Badge>
        </span>
      ) : (
        <Alert tone="danger">{words.differs}</Alert>
      )}
      <KeyValueList items={items} />
    </Stack>
  );
}
