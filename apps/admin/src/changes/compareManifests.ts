import type { Endpoint, ManifestSchedule, UiHook, Version } from '../api/types.ts';
import { describeAll } from '../common/permissions.ts';
import { texts } from '../texts.ts';
import { compare, whereDiffers, type ChangeGroup, type Comparison } from './change.ts';
import { compareSettings } from './compareSettings.ts';

const words = texts.changes;
// What the platform gives where a manifest says nothing; docs/limits.md.
const DEFAULT_LIMITS = { memoryMb: 64, timeoutMs: 3000 };

/** All that is otherwise in one version's manifest than in another's, as far as it concerns an admin; groups without changes are left out. */
export function compareManifests(from: Version, to: Version): readonly ChangeGroup[] {
  const both = <T>(of: (version: Version) => readonly T[], by: Comparison<T>) =>
    compare(of(from), of(to), by);
  const groups: readonly ChangeGroup[] = [
    {
      title: words.groups.permissions,
      changes: both((version) => describeAll(version), {
        key: ({ kind, id }) => kind + id,
        what: ({ title }) => title,
      }),
    },
    {
      title: words.groups.data,
      changes: both(({ manifest }) => manifest.storage?.namespaces ?? [], {
        key: (name) => name,
        isCode: true,
      }),
    },
    {
      title: words.groups.secrets,
      changes: both(({ secrets }) => secrets, {
        key: ({ name }) => name,
        isCode: true,
        about: ({ required }) => (required ? [words.secrets.isRequired] : []),
        how: (before, after) => [
          ...whereDiffers(before.required, after.required, (_, now) =>
            now ? words.secrets.isRequired : words.secrets.isOptional,
          ),
          ...whereDiffers(before.maxAgeDays, after.maxAgeDays, (_, now) => words.secrets.maxAge(now)),
        ],
      }),
    },
    { title: words.groups.settings, changes: compareSettings(from.manifest.config, to.manifest.config) },
    {
      title: words.groups.endpoints,
      changes: both(({ endpoints }) => endpoints, {
        key: ({ method, path }) => `${method} ${path}`,
        isCode: true,
        about: ({ roles }) => [whoMay(roles)],
        how: endpointChanges,
      }),
    },
    {
      title: words.groups.events,
      changes: both(topicsOf, {
        key: ({ topic }) => topic,
        isCode: true,
        how: (before, after) => whereDiffers(before.filters, after.filters, () => words.events.otherFilter),
      }),
    },
    {
      title: words.groups.schedules,
      changes: both(({ manifest }) => (manifest.schedules ?? []).map(withDefaults), {
        key: ({ name }) => name,
        isCode: true,
        about: ({ cron, timeZone, endpoint, topic }) => [
          words.schedules.runs(cron, timeZone),
          words.schedules.calls(endpoint ?? topic ?? ''),
        ],
        how: (before, after) => [
          ...whereDiffers(runOf(before), runOf(after), () =>
            words.schedules.runs(after.cron, after.timeZone),
          ),
          ...whereDiffers(before.endpoint ?? before.topic, after.endpoint ?? after.topic, (_, now) =>
            words.schedules.calls(now ?? ''),
          ),
          ...whereDiffers(before.missedRuns, after.missedRuns, (_, now) => texts.schedules.missed[now]),
        ],
      }),
    },
    {
      title: words.groups.ui,
      changes: both(({ ui }) => Object.entries(ui?.hooks ?? {}), {
        key: ([place]) => place,
        what: ([place, { label }]) => words.ui.entry(label, place),
        how: ([, before], [, after]) => hookChanges(before, after),
      }),
    },
    {
      title: words.groups.limits,
      changes: both(limitsOf, {
        key: ({ what }) => what,
        how: (before, after) => whereDiffers(before.value, after.value, words.limits.otherwise),
      }),
    },
  ];
  return groups.filter(({ changes }) => changes.length > 0);
}

const whoMay = (roles: readonly string[]) =>
  roles.length === 0 ? texts.extension.everyUser : texts.extension.roles(roles);

function endpointChanges(before: Endpoint, after: Endpoint): readonly string[] {
  return [
    ...whereDiffers([...before.roles].sort(), [...after.roles].sort(), () =>
      words.endpoints.roles(whoMay(before.roles), whoMay(after.roles)),
    ),
    ...whereDiffers(before.timeoutMs, after.timeoutMs, (_, now) => words.endpoints.timeout(now)),
    ...whereDiffers(before.maxBodyBytes, after.maxBodyBytes, (_, now) => words.endpoints.body(now)),
  ];
}

function hookChanges(before: UiHook, after: UiHook): readonly string[] {
  return [
    ...whereDiffers(before.label, after.label, words.ui.label),
    ...whereDiffers(before.path, after.path, (_, now) => words.ui.path(now ?? '/')),
    ...whereDiffers(before.icon, after.icon, () => words.ui.icon),
  ];
}

// A topic may be asked for with several filters.
function topicsOf({ events }: Version) {
  return [...new Set(events.map(({ topic }) => topic))].map((topic) => ({
    topic,
    filters: events.filter((one) => one.topic === topic).map(({ filter }) => filter ?? null),
  }));
}

const withDefaults = (schedule: ManifestSchedule) => ({
  timeZone: 'UTC',
  missedRuns: 'once' as const,
  ...schedule,
});

const runOf = ({ cron, timeZone }: ReturnType<typeof withDefaults>) => [cron, timeZone];

function limitsOf({ manifest }: Version) {
  const { memoryMb, timeoutMs } = { ...DEFAULT_LIMITS, ...manifest.limits };
  return [
    { what: words.limits.memory, value: words.limits.mebibytes(memoryMb) },
    { what: words.limits.time, value: words.limits.milliseconds(timeoutMs) },
  ];
}
