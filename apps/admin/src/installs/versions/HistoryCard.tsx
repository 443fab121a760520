import { Badge, Button, Card, ConfirmDialog, DialogTrigger } from '@alga/ui-kit';
import { useChangeInstall, useHistory } from '../../api/installs.ts';
import type { HistoryEntry, Install } from '../../api/types.ts';
import { readActor } from '../../common/actor.ts';
import { Loaded } from '../../common/Loaded.tsx';
import { orExplain } from '../../common/useAct.ts';
import { When } from '../../common/When.tsx';
import { texts } from '../../texts.ts';
import { own } from '../../common/own.ts';
import { WhatChanged } from './WhatChanged.tsx';

const words = texts.versions;

/** Which versions ran, who changed that, and the way back. */
export function HistoryCard({ install }: { readonly install: Install }) {
  const history = useHistory(install.name);
  return (
    <Card title={words.history} description={words.historyDescription} headingLevel={2}>
      <Loaded query={history}>
        {({ items }) => (
          <ul className="Rows">
            {items.map((entry, index) => (
              <Entry
                key={entry.revision}
                install={install}
                entry={entry}
                isCurrent={index === 0}
                // One way back to each version, at its last change.
                isOffered={
                  entry.to !== install.version && items.findIndex((other) => other.to === entry.to) === index
                }
              />
            ))}
          </ul>
        )}
      </Loaded>
    </Card>
  );
}

interface EntryProps {
  readonly install: Install;
  readonly entry: HistoryEntry;
  readonly isCurrent: boolean;
  readonly isOffered: boolean;
}

function Entry({ install, entry, isCurrent, isOffered }: EntryProps) {
  const change = useChangeInstall(install.name);
  const { to } = entry;
  return (
    <li className="Row">
      <div className="Row-words">
        <span className="Row-title">
          {own(words.actions, entry.action) ?? entry.action}: {words.fromTo(entry.from, to)}
        </span>
        <span className="Row-text">
          {readActor(entry.actor).name} · <When at={entry.at} isExact />
        </span>
      </div>
      <div className="Row-actions">
        {entry.from !== null && entry.from !== to && (
          <WhatChanged name={install.name} from={entry.from} to={to} />
        )}
        {isOffered ? (
          <DialogTrigger>
            <Button size="sm" aria-label={words.rollbackNamed(to)}>
              {words.rollback}
            </Button>
            <ConfirmDialog
              title={words.rollbackTitle(to)}
              confirmLabel={words.rollback}
              onConfirm={() =>
                orExplain(
                  () => change.mutateAsync({ route: '/rollback', body: { version: to } }),
                  words.rolledBack(to),
                )
              }
            >
              {words.rollbackText}
            </ConfirmDialog>
          </DialogTrigger>
        ) : (
          isCurrent && <Badge tone="success">{words.running}</Badge>
        )}
      </div>
    </li>
  );
}
