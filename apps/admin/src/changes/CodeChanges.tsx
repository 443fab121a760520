import { Text } from '@alga/ui-kit';
import { useEnvelope } from '../api/catalogue.ts';
import type { Envelope, Version } from '../api/types.ts';
import { readStatement } from '../catalogue/statement.ts';
import { Loaded } from '../common/Loaded.tsx';
import { useFormat } from '../common/useFormat.ts';
import { texts } from '../texts.ts';
import { compareFiles } from './compareFiles.ts';

const words = texts.changes.code;

/** Whether the code is another, by the hashes that both versions' publisher signed. */
export function CodeChanges({ from, to }: { readonly from: Version; readonly to: Version }) {
  const before = useEnvelope(from.name, from.version, 'signature');
  const after = useEnvelope(to.name, to.version, 'signature');
  return (
    <Loaded<Envelope> query={before}>
      {(old) => (
        <Loaded<Envelope> query={after}>
          {(current) => (
            <Lines from={from} to={to} lines={compareFiles(readStatement(old), readStatement(current))} />
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

function Lines({
  from,
  to,
  lines,
}: {
  readonly from: Version;
  readonly to: Version;
  readonly lines: readonly string[] | null;
}) {
  const format = useFormat();
  if (lines === null) return <Text tone="muted">{words.unknown}</Text>;
  return (
    <ul className="Lines">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
      {from.sizeBytes !== to.sizeBytes && (
        <li>{words.size(format.bytes(from.sizeBytes), format.bytes(to.sizeBytes))}</li>
      )}
    </ul>
  );
}
