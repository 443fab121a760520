import { Badge } from '@alga/ui-kit';
import type { LogLine } from '../../api/types.ts';
import { useFormat } from '../../common/useFormat.ts';
import { own } from '../../common/own.ts';

const TONES: Readonly<Record<string, 'danger' | 'warning' | 'info'>> = {
  error: 'danger',
  warn: 'warning',
  info: 'info',
};

/** Lines of a log with their time since the start. */
export function LogLines({ lines }: { readonly lines: readonly LogLine[] }) {
  const format = useFormat();
  return (
    <ol className="Log">
      {lines.map((line, index) => (
        <li key={index} className="Log-line">
          <span className="Log-time">+{format.duration(line.atUs)}</span>
          <span className="Log-level">
            <Badge tone={own(TONES, line.level) ?? 'neutral'}>{line.level}</Badge>
          </span>
          <span className="Log-message">
            {line.message}
            {line.fields !== undefined && line.fields !== null && (
              <code className="Log-fields">{JSON.stringify(line.fields)}</code>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
