import { Badge, Button, EmptyState, SearchInput, Skeleton, Stack, Text } from '@alga/ui-kit';
import { PackageSearch } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useExtensions } from '../api/catalogue.ts';
import { useInstalls } from '../api/installs.ts';
import type { Extension } from '../api/types.ts';
import { Avatar } from '../common/Avatar.tsx';
import { Page } from '../common/Page.tsx';
import { ProblemAlert } from '../common/ProblemAlert.tsx';
import { linkTo } from '../routing/route.ts';
import { useRights } from '../session/SessionContext.ts';
import { texts } from '../texts.ts';

/** All extensions, and a search over them. */
export function CataloguePage() {
  const [q, setQ] = useState('');
  const asked = useDeferredValue(q.trim());
  const { data, error, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } =
    useExtensions(asked);
  const found = data?.pages.flatMap((page) => page.items);

  return (
    <Page title={texts.catalogue.title} description={texts.catalogue.description}>
      <Stack gap={3}>
        <SearchInput
          aria-label={texts.catalogue.search}
          placeholder={texts.catalogue.placeholder}
          value={q}
          onChange={setQ}
          maxLength={256}
        />
        <Text as="div" size="sm" tone="muted">
          <span role="status">
            {found === undefined ? '' : texts.catalogue.found(found.length, hasNextPage)}
          </span>
        </Text>
      </Stack>
      {found === undefined && error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {found === undefined && error === null && <Placeholders />}
      {found?.length === 0 && <NothingFound q={asked} onClear={setQ} />}
      {found !== undefined && found.length > 0 && (
        <ul className="Tiles" aria-busy={isPlaceholderData || undefined}>
          {found.map((extension) => (
            <Tile key={extension.name} extension={extension} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <Stack direction="row" justify="center">
          <Button isPending={isFetchingNextPage} onPress={() => void fetchNextPage()}>
            {texts.app.more}
          </Button>
        </Stack>
      )}
    </Page>
  );
}

function Tile({ extension }: { readonly extension: Extension }) {
  const { seesInstalls } = useRights();
  const isInstalled =
    useInstalls('installed', seesInstalls).data?.some(({ name }) => name === extension.name) === true;
  const version = extension.latestVersion ?? extension.latestPrerelease;
  return (
    <li className="Tile">
      <Avatar name={extension.name} label={extension.displayName} />
      <div className="Tile-body">
        <a className="Tile-title" href={linkTo({ page: 'extension', name: extension.name })}>
          {extension.displayName}
        </a>
        <span className="Tile-by">
          {texts.catalogue.by(extension.publisher)} · {version ?? texts.catalogue.noVersion}
        </span>
        <p className="Tile-text">{extension.description || texts.catalogue.noDescription}</p>
        <Stack direction="row" gap={2} wrap>
          {isInstalled && <Badge tone="success">{texts.catalogue.installed}</Badge>}
          {extension.deprecated !== null && <Badge tone="warning">{texts.catalogue.deprecated}</Badge>}
          {extension.latestVersion === null && version !== null && (
            <Badge>{texts.catalogue.prerelease}</Badge>
          )}
        </Stack>
      </div>
    </li>
  );
}

function NothingFound({ q, onClear }: { readonly q: string; readonly onClear: (q: string) => void }) {
  if (q === '') {
    return (
      <EmptyState icon={<PackageSearch />} title={texts.catalogue.emptyTitle}>
        {texts.catalogue.empty}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<PackageSearch />}
      title={texts.catalogue.nothingFound(q)}
      actions={
        <Button
          onPress={() => {
            onClear('');
          }}
        >
          {texts.catalogue.clear}
        </Button>
      }
    >
      {texts.catalogue.nothingFoundText}
    </EmptyState>
  );
}

function Placeholders() {
  return (
    <div className="Tiles" aria-busy="true">
      {Array.from({ length: 6 }, (_, index) => (
        <Skeleton key={index} shape="box" height="8.5rem" />
      ))}
    </div>
  );
}
