import type { Grants } from '../api/types.ts';
import { texts } from '../texts.ts';
import { own } from './own.ts';

/** One thing that an extension asks for, in plain words. */
export interface Permission {
  readonly kind: 'capability' | 'egress';
  /** The capability's name, or the host as the manifest writes it. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** What does not work when it is denied. */
  readonly without: string;
}

/** What a version tells of its own permissions beyond their names. */
export interface PermissionContext {
  readonly namespaces?: readonly string[];
  readonly secrets?: readonly string[];
}

/** All that is asked for, capabilities first. */
export function describeAll(asked: Grants, context: PermissionContext = {}): readonly Permission[] {
  return [
    ...asked.capabilities.map((name) => describeCapability(name, context)),
    ...asked.egress.map(describeHost),
  ];
}

function describeCapability(id: string, { namespaces = [], secrets = [] }: PermissionContext): Permission {
  const known = own(texts.permissions.capabilities, id);
  if (known === undefined) {
    const { title, text, without } = texts.permissions.unknownCapability;
    return { kind: 'capability', id, title: title(id), text, without };
  }
  const more =
    id === 'storage.kv' && namespaces.length > 0
      ? texts.permissions.namespaces(namespaces)
      : id === 'secrets.get' && secrets.length > 0
        ? texts.permissions.secretNames(secrets)
        : '';
  return { kind: 'capability', id, ...known, text: [known.text, more].filter(Boolean).join(' ') };
}

function describeHost(id: string): Permission {
  const words = texts.permissions.egress;
  const base = id.startsWith('*.') ? id.slice(2) : undefined;
  return {
    kind: 'egress',
    id,
    title: base === undefined ? words.exact(id) : words.wildcard(base),
    text: base === undefined ? words.exactText : words.wildcardText(base),
    without: words.without(id),
  };
}

/** Whether something is among the grants. */
export function isGranted(grants: Grants, { kind, id }: Permission): boolean {
  return (kind === 'capability' ? grants.capabilities : grants.egress).includes(id);
}

/** The grants with one more, or one less. */
export function withGrant(grants: Grants, { kind, id }: Permission, allowed: boolean): Grants {
  const change = (list: readonly string[]) =>
    allowed ? [...new Set([...list, id])] : list.filter((one) => one !== id);
  return kind === 'capability'
    ? { ...grants, capabilities: change(grants.capabilities) }
    : { ...grants, egress: change(grants.egress) };
}

/** How many single things there are. */
export const countOf = ({ capabilities, egress }: Grants): number => capabilities.length + egress.length;

/** What is in the first and not in the second. */
export function without(grants: Grants, others: Grants): Grants {
  return {
    capabilities: grants.capabilities.filter((one) => !others.capabilities.includes(one)),
    egress: grants.egress.filter((one) => !others.egress.includes(one)),
  };
}
