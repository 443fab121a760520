import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useApi } from '../api/ApiContext.ts';
import { versionQuery } from '../api/catalogue.ts';
import type { Install, Version } from '../api/types.ts';

/** What is published of the versions that run, by the extensions' names; those that are not read yet are missing. */
export function useInstalledVersions(installs: readonly Install[]): ReadonlyMap<string, Version> {
  const api = useApi();
  const versions = useQueries({
    queries: installs.map(({ name, version }) => versionQuery(api, name, version)),
    combine: toList,
  });
  return useMemo(() => new Map(versions.map((version) => [version.name, version])), [versions]);
}

const toList = (results: readonly { readonly data?: Version | undefined }[]) =>
  results.flatMap(({ data }) => (data === undefined ? [] : [data]));
