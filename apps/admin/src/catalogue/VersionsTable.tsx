import { Badge, DataTable, Link, Stack, type DataTableColumn } from '@alga/ui-kit';
import { useMemo } from 'react';
import type { ExtensionDetails, VersionSummary } from '../api/types.ts';
import { readActor } from '../common/actor.ts';
import { useFormat } from '../common/useFormat.ts';
import { When } from '../common/When.tsx';
import { linkTo } from '../routing/route.ts';
import { texts } from '../texts.ts';

/** Props of {@link VersionsTable}. */
export interface VersionsTableProps {
  readonly extension: ExtensionDetails;
  /** The version that the page shows. */
  readonly shown: string;
}

const getRowId = (row: VersionSummary) => row.version;

/** All versions, the highest first. */
export function VersionsTable({ extension, shown }: VersionsTableProps) {
  const format = useFormat();
  const words = texts.extension;
  const columns = useMemo<DataTableColumn<VersionSummary>[]>(
    () => [
      {
        id: 'version',
        header: words.version,
        cell: (row) => (
          <Link
            href={linkTo({ page: 'extension', name: extension.name, version: row.version })}
            {...(row.version === shown ? { 'aria-current': 'page' } : {})}
          >
            {row.version}
          </Link>
        ),
      },
      {
        id: 'state',
        header: words.state,
        cell: (row) => (
          <Stack direction="row" gap={1} wrap>
            {row.version === extension.latestVersion && <Badge tone="accent">{words.latest}</Badge>}
            {row.prerelease && <Badge>{texts.catalogue.prerelease}</Badge>}
            {row.revoked !== null && <Badge tone="danger">{words.revoked}</Badge>}
            {row.yanked !== null && <Badge tone="warning">{words.yanked}</Badge>}
            {row.revoked === null && row.yanked === null && <Badge tone="success">{words.available}</Badge>}
          </Stack>
        ),
      },
      { id: 'published', header: words.published, cell: (row) => <When at={row.publishedAt} /> },
      { id: 'by', header: words.by, cell: (row) => readActor(row.publishedBy).name },
      { id: 'size', header: words.size, align: 'end', cell: (row) => format.bytes(row.sizeBytes) },
    ],
    [extension, shown, format, words],
  );
  return (
    <DataTable
      label={words.versions}
      columns={columns}
      rows={extension.versions}
      getRowId={getRowId}
      paging={{ kind: 'client', pageSize: 20 }}
    />
  );
}
