import { Badge, Code, Text } from '@alga/ui-kit';
import type { UpgradeDifference } from '../../api/types.ts';
import { describeAll } from '../../common/permissions.ts';
import { texts } from '../../texts.ts';

const GROUPS = ['capabilities', 'egress', 'secrets', 'endpoints', 'events'] as const;
const words = texts.versions;

/** What an upgrade changes, in plain words: what is new first, then what is gone. */
export function DifferenceList({ difference }: { readonly difference: UpgradeDifference }) {
  const changed = GROUPS.filter(
    (group) => difference[group].added.length + difference[group].removed.length > 0,
  );
  if (changed.length === 0) return <Text tone="muted">{words.noDifference}</Text>;
  return (
    <dl className="Difference">
      {changed.map((group) => (
        <div key={group} className="Difference-group">
          <dt>{words.groups[group]}</dt>
          <dd>
            <ul className="Lines">
              {difference[group].added.map((item) => (
                <li key={`+${item}`}>
                  <Badge tone="accent">{words.added}</Badge>
                  <Item group={group} item={item} />
                </li>
              ))}
              {difference[group].removed.map((item) => (
                <li key={`-${item}`}>
                  <Badge>{words.removed}</Badge>
                  <Item group={group} item={item} />
                </li>
              ))}
            </ul>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Item({ group, item }: { readonly group: (typeof GROUPS)[number]; readonly item: string }) {
  const asked = {
    capabilities: group === 'capabilities' ? [item] : [],
    egress: group === 'egress' ? [item] : [],
  };
  const [permission] = describeAll(asked);
  return permission === undefined ? <Code>{item}</Code> : <span>{permission.title}</span>;
}
