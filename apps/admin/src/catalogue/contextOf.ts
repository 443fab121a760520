import type { Version } from '../api/types.ts';
import type { PermissionContext } from '../common/permissions.ts';

/** What a version's manifest adds to the names of its permissions. */
export function contextOf(version: Version | undefined): PermissionContext {
  if (version === undefined) return {};
  return {
    namespaces: version.manifest.storage?.namespaces ?? [],
    secrets: version.secrets.map((secret) => secret.name),
  };
}
