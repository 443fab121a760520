import { ArrowDownRight, ArrowRight, ArrowUpRight } from 'lucide-react';
import type { ReactNode } from 'react';

export interface StatTileProps {
  label: string;
  /** Formatted, such as "12,480" or "38 ms". */
  value: ReactNode;
  icon?: ReactNode;
  /** How it moved. `tone` says whether that is good: more errors are not. */
  change?: { text: string; direction: 'up' | 'down' | 'flat'; tone?: 'good' | 'bad' | 'neutral' };
  /** What it is compared with, or over which time. */
  hint?: ReactNode;
}

const icons = { up: ArrowUpRight, down: ArrowDownRight, flat: ArrowRight };

/** One number that matters. */
export function StatTile({ label, value, icon, change, hint }: StatTileProps) {
  const ChangeIcon = icons[change?.direction ?? 'flat'];
  return (
    <dl className="alga-StatTile">
      <dt className="alga-StatTile-label">
        {label}
        {icon !== undefined && (
          <span className="alga-StatTile-icon" aria-hidden="true">
            {icon}
          </span>
        )}
      </dt>
      <dd className="alga-StatTile-value">{value}</dd>
      {(change !== undefined || hint !== undefined) && (
        <dd className="alga-StatTile-note">
          {change && (
            <span className="alga-StatTile-change" data-tone={change.tone ?? 'neutral'}>
              <ChangeIcon aria-hidden="true" />
              {change.text}
            </span>
          )}
          {hint !== undefined && <span>{hint}</span>}
        </dd>
      )}
    </dl>
  );
}
