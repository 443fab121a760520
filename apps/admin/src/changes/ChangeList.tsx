import { Badge, Code } from '@alga/ui-kit';
import { texts } from '../texts.ts';
import type { ChangeGroup } from './change.ts';

const words = texts.changes;
const TONES = { added: 'accent', changed: 'warning', removed: 'neutral' } as const;

/** Changes in plain words, group by group. */
export function ChangeList({ groups }: { readonly groups: readonly ChangeGroup[] }) {
  return (
    <dl className="Difference">
      {groups.map(({ title, changes }) => (
        <div key={title} className="Difference-group">
          <dt>{title}</dt>
          <dd>
            <ul className="Lines">
              {changes.map(({ kind, what, isCode, how }) => (
                <li key={kind + what}>
                  <Badge tone={TONES[kind]}>{words[kind]}</Badge>{' '}
                  {isCode ? <Code>{what}</Code> : <span>{what}</span>}{' '}
                  {how.length > 0 && <span className="Change-how">{how.join(', ')}</span>}
                </li>
              ))}
            </ul>
          </dd>
        </div>
      ))}
    </dl>
  );
}
