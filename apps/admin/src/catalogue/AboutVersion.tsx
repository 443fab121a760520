import { Badge, Card, Code, Grid, KeyValueList, Text } from '@alga/ui-kit';
import type { Version } from '../api/types.ts';
import { readActor } from '../common/actor.ts';
import { Hash } from '../common/Hash.tsx';
import { useFormat } from '../common/useFormat.ts';
import { When } from '../common/When.tsx';
import { texts } from '../texts.ts';

/** What is known of a version. */
export function AboutVersion({ version }: { readonly version: Version }) {
  const format = useFormat();
  const words = texts.extension;
  const files =
    version.fileCount === null
      ? []
      : [
          {
            label: words.facts.files,
            value: [
              format.number(version.fileCount),
              version.expandedBytes === null ? '' : `(${format.bytes(version.expandedBytes)})`,
            ].join(' '),
          },
        ];
  return (
    <Grid minColumnWidth="22rem">
      <Card title={texts.installation.facts} headingLevel={2}>
        <KeyValueList
          items={[
            { label: words.facts.publisher, value: version.publisher },
            { label: words.facts.name, value: <Code>{version.name}</Code> },
            { label: words.facts.version, value: version.version },
            { label: words.facts.published, value: <When at={version.publishedAt} isExact /> },
            { label: words.facts.publishedBy, value: readActor(version.publishedBy).name },
            { label: words.facts.size, value: format.bytes(version.sizeBytes) },
            ...files,
            { label: words.facts.runtime, value: version.runtime },
            { label: words.facts.sbom, value: version.sbom ?? texts.app.none },
            { label: words.facts.ui, value: version.ui === null ? words.noUi : words.ui },
            { label: words.facts.hash, value: <Hash value={version.contentHash} /> },
          ]}
        />
      </Card>
      <Card title={words.endpoints} headingLevel={2}>
        {version.endpoints.length === 0 ? (
          <Text tone="muted">{words.noEndpoints}</Text>
        ) : (
          <ul className="PlainList">
            {version.endpoints.map(({ method, path, roles }) => (
              <li key={method + path}>
                <Code>{`${method} ${path}`}</Code>{' '}
                <Text as="span" size="sm" tone="muted">
                  {roles.length === 0 ? words.everyUser : words.roles(roles)}
                </Text>
              </li>
            ))}
          </ul>
        )}
      </Card>
      {version.secrets.length > 0 && (
        <Card title={words.secrets} headingLevel={2}>
          <DeclaredSecrets version={version} />
        </Card>
      )}
      {version.events.length > 0 && (
        <Card title={words.events} headingLevel={2}>
          <ul className="PlainList">
            {version.events.map(({ topic }) => (
              <li key={topic}>
                <Code>{topic}</Code>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </Grid>
  );
}

/** The secrets that a version wants from an admin. */
export function DeclaredSecrets({ version }: { readonly version: Version }) {
  const words = texts.extension;
  return (
    <ul className="PlainList">
      {version.secrets.map((secret) => (
        <li key={secret.name}>
          <Code>{secret.name}</Code> <Badge>{secret.required ? words.required : words.optional}</Badge>
          <Text size="sm" tone="muted">
            {[secret.description, secret.maxAgeDays === null ? '' : `(${words.maxAge(secret.maxAgeDays)})`]
              .filter(Boolean)
              .join(' ')}
          </Text>
        </li>
      ))}
    </ul>
  );
}
