import type { Change, UpgradeDifference, Version } from '../../api/types.ts';

/** What is different in one version from another; settings are not looked at. */
export function differenceOf(from: Version, to: Version): UpgradeDifference {
  const compare = (of: (version: Version) => readonly string[]): Change => {
    const [before, after] = [of(from), of(to)];
    return {
      added: after.filter((one) => !before.includes(one)),
      removed: before.filter((one) => !after.includes(one)),
      unchanged: after.filter((one) => before.includes(one)),
    };
  };
  return {
    capabilities: compare(({ capabilities }) => capabilities),
    egress: compare(({ egress }) => egress),
    secrets: compare(({ secrets }) => secrets.map(({ name }) => name)),
    endpoints: compare(({ endpoints }) => endpoints.map(({ method, path }) => `${method} ${path}`)),
    events: compare(({ events }) => events.map(({ topic }) => topic)),
    configFaults: [],
  };
}
