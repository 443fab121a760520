import { Button, Card } from '@alga/ui-kit';
import { useChangeInstall, useInstalls } from '../api/installs.ts';
import type { Install } from '../api/types.ts';
import { Avatar } from '../common/Avatar.tsx';
import { When } from '../common/When.tsx';
import { useAct } from '../common/useAct.ts';
import { useInstalledVersions } from './useInstalledVersions.ts';
import { texts } from '../texts.ts';

/** What was uninstalled less than 30 days ago; nothing where there is none. */
export function RestorableList() {
  const { data } = useInstalls('uninstalled');
  const versions = useInstalledVersions(data ?? []);
  if (data === undefined || data.length === 0) return null;
  return (
    <Card
      title={texts.installed.restoreTitle}
      description={texts.installed.restoreDescription}
      headingLevel={2}
    >
      <ul className="Rows">
        {data.map((install) => (
          <Restorable
            key={install.installId}
            install={install}
            title={versions.get(install.name)?.manifest.displayName ?? install.name}
          />
        ))}
      </ul>
    </Card>
  );
}

function Restorable({ install, title }: { readonly install: Install; readonly title: string }) {
  const { name, version, uninstalledUntil } = install;
  const restore = useChangeInstall(name);
  const act = useAct();
  return (
    <li className="Row">
      <Avatar name={name} label={title} />
      <div className="Row-words">
        <span className="Row-title">{title}</span>
        <span className="Row-text">
          {name} · {version}
          {uninstalledUntil !== null && (
            <>
              {` · ${texts.installed.until} `}
              <When at={uninstalledUntil} isExact />
            </>
          )}
        </span>
      </div>
      <div className="Row-actions">
        <Button
          size="sm"
          aria-label={texts.installed.restoreNamed(title)}
          isPending={restore.isPending}
          onPress={() =>
            void act(() => restore.mutateAsync({ route: '/restore' }), texts.installed.restored(title))
          }
        >
          {texts.installed.restore}
        </Button>
      </div>
    </li>
  );
}
